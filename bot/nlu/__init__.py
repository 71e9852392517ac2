"""Understanding: Rasa graph components for the language, the entities and the intent of a message.

Threads of the embedding engine that have nothing to do sleep instead of spinning: beside other work on the machine,
spinning ones made training much slower. It stands here because OpenMP reads it when the engine is loaded.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
