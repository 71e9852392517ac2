"""Workers do not keep each other from the cores."""

import pytest

from bot.workers.threads import VARIABLE, shared_out


@pytest.mark.parametrize(("workers", "cores", "each"), [(1, 8, "8"), (2, 2, "1"), (3, 8, "2"), (4, 2, "1")])
def test_together_they_have_a_thread_a_core(workers: int, cores: int, each: str) -> None:
    assert shared_out(workers, {"HOME": "/"}, cores) == {"HOME": "/", VARIABLE: each}


def test_what_the_operator_says_holds() -> None:
    assert shared_out(4, {VARIABLE: "3"}, 8) == {VARIABLE: "3"}
