"""How many threads the numeric libraries of each worker may use."""

import os
from collections.abc import Mapping

VARIABLE = "OMP_NUM_THREADS"


def shared_out(workers: int, environment: Mapping[str, str], cores: int | None = None) -> dict[str, str]:
    """`environment` for one of so many workers: together they have a thread a core, unless the operator said otherwise.

    The threads of OpenMP wait by spinning, so where there are more of them than cores each holds up the others.
    """
    each = max(1, (len(os.sched_getaffinity(0)) if cores is None else cores) // workers)
    return {VARIABLE: str(each), **environment}
