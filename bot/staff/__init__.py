"""Staff accounts: who may sign in, with what, as what, and for how long."""
