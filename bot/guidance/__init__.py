"""The ruling engine: pure functions of (case, policy, wording). No I/O, no Rasa, no clock."""
