"""What goes on between the processes of one installation: wake-ups, locks, shared limits, and who does what alone.

What is committed is in the database. Redis carries only wake-ups, locks and counts, so losing it loses nothing: the
record is looked at instead, it keeps its order without locks, and each process counts by itself meanwhile.
"""
