"""Rasa's custom actions: one module a traveller's goal, each thin - read the turn, ask `bot`, reply."""
