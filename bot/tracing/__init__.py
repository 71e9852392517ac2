"""Traces by setting: what a request, a turn or a delivery spent its time on, sent to a collector. Off without it."""
