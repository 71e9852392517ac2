"""A few sentences of three intents, enough to train on in a test."""

EXAMPLES = {
    "greet": ["hello", "hello there", "hi there", "bonjour", "bonjour à vous", "hello you"],
    "ask_fees": [
        "how much does it cost",
        "what is the fee",
        "what does it cost",
        "combien ça coûte",
        "quel est le coût",
    ],
    "ask_card": [
        "when do I get my card",
        "where is my card",
        "my card is lost",
        "où est ma carte",
        "ma carte est perdue",
    ],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
INTENTS = [intent for intent, texts in EXAMPLES.items() for _ in texts]
UNSEEN = [("is there a fee to pay?", "ask_fees"), ("je n'ai pas reçu ma carte", "ask_card"), ("good morning", "greet")]
