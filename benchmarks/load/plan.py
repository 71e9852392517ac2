"""How much load is made, and for how long."""

import msgspec


class LoadPlan(msgspec.Struct, frozen=True):
    """What is run. All durations are in seconds; `processes` are the numbers of processes that are compared."""

    processes: tuple[int, ...]
    conversations: int
    warm: float
    flood: float
    hold: float
    soak: float


WHOLE = LoadPlan(processes=(1, 2, 4), conversations=1000, warm=5, flood=20, hold=30, soak=1800)
QUICK = LoadPlan(processes=(1, 2), conversations=60, warm=2, flood=8, hold=8, soak=20)

FIRST_HOLD = 0.95
"""The share of the flooded rate that is tried first as one that can be held."""

HOLD_STEP = 0.9
HOLD_TRIES = 5
HELD_SHARE = 0.95
"""A rate is held where so much of what was said was answered within the time, and nothing failed."""

AT_EASE = 0.7
"""The share of the highest rate held at which the waiting times are judged."""

FLOOD_THINK = 10.0
"""Seconds a traveller thinks while the guide is flooded: less than it takes to answer all of them."""
