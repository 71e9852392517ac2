"""How many threads the numeric libraries of a process that serves may use."""

from collections.abc import MutableMapping

VARIABLE = "OMP_NUM_THREADS"


def one_each(environment: MutableMapping[str, str]) -> None:
    """Lets every sentence be read by one thread, unless the operator said otherwise; before the libraries are loaded.

    Sentences of several travellers are read side by side anyway. A second thread for one of them waits by spinning,
    which takes more from the others than it gives (`python -m benchmarks.threads`).
    """
    environment.setdefault(VARIABLE, "1")
