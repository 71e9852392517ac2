"""What stands ready before the guide is started: a trained model and a database."""

import os
import shutil
import subprocess
import sys
import time
from typing import Any

from bot.settings import load_settings


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Trains the project if the model present is of other files, and makes an empty database in the job's folder."""
    command = [sys.executable, "-m", "bot.cli"]
    # A run that is gone on with must not continue the conversations of the one that stopped.
    shutil.rmtree(job["data"], ignore_errors=True)
    environment = {**os.environ, "DATA_DIR": job["data"], "DATABASE_URL": ""}
    began = time.perf_counter()
    subprocess.run([*command, "train"], env=environment, check=True)
    seconds = time.perf_counter() - began
    subprocess.run([*command, "migrate"], env=environment, check=True)
    return {"seconds": seconds, "model": str(load_settings({**os.environ, "DATA_DIR": job["data"]}).model_dir)}
