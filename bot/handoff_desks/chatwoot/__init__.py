"""Chatwoot as the desk: an inbox of its API channel mirrors the conversations that wait for a person."""
