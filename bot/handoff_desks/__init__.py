"""Desks of others on which staff can take conversations over; each is a folder of one shape."""
