"""The applicants' register: who has applied, how far they are, where they fly; and the proof of who is asking."""
