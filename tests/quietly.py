"""Imports Rasa as the guide does, without the notices of what it stands on, which would be errors in the tests.

A `conftest.py` whose tests import Rasa imports this module first.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from bot.dialogue.quiet import quiet_rasa

    quiet_rasa()
    import bot.dialogue.host
    import bot.nlu.intents  # noqa: F401
