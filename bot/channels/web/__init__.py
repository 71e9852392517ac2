"""The web channel: the page with the chat, the API behind it, the identity form, and the guidance API."""
