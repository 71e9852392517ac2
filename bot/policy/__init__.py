"""Reads the dated policy data of `policy/` and hands it over as the types of `bot.guidance.policy`."""
