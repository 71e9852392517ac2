"""Understanding: Rasa graph components for the language, the entities and the intent of a message.

Threads of the embedding engine that have nothing to do spin for a moment and sleep then. Sleeping at once made each
message take twice as long, for they meet a hundred times in one; spinning on made training beside other work take
several times as long. It stands here because OpenMP reads it when the engine is loaded.
"""

import os

if "OMP_WAIT_POLICY" not in os.environ:
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
