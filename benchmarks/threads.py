"""What a second thread does for reading sentences: `python -m benchmarks.threads`.

Each number of threads in a process of its own, as the library takes it once, when it is loaded.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.data import sentences
from bot.workers.threads import VARIABLE

_CALLERS = (1, 2, 6)


def main() -> None:
    """Prints sentences a second and processor time a sentence, for each number of threads and of callers."""
    if len(sys.argv) > 1:
        _measure(sys.argv[1])
        return
    for threads in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "benchmarks.threads", threads], env={**os.environ, VARIABLE: threads}, check=True
        )


def _measure(threads: str) -> None:
    from bot.nlu.embeddings import Embeddings

    texts = [text for name in ("en", "fr") for text in sentences(f"tests/nlu/heldout_{name}.yml")[0]][::3]
    engine = Embeddings()
    engine.one("hello")
    for callers in _CALLERS:
        with ThreadPoolExecutor(callers) as pool:
            used, began = time.process_time(), time.perf_counter()
            list(pool.map(engine.one, texts))
            rate = len(texts) / (time.perf_counter() - began)
            spent = 1000 * (time.process_time() - used) / len(texts)
        print(
            f"{threads} threads, {callers} callers: {rate:6.1f} sentences a second, {spent:5.1f} ms of processor each"
        )


if __name__ == "__main__":
    main()
