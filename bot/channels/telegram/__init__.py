"""Telegram, by its Bot API: updates come to a webhook with a secret token, answers go out as messages with buttons."""
