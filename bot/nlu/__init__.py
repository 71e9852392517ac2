"""Understanding: Rasa graph components for the language, the entities and the intent of a message."""
