"""Slack: travellers of a workplace write to the app in a direct message; staff are told in a channel who waits."""
