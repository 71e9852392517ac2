"""Settings out of files: `SECRET_KEY_FILE=/run/secrets/secret_key` gives `SECRET_KEY` what stands in that file.

Orchestrators hand secrets over as files, which no list of processes and no child's environment shows.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

_LARGEST = 64 * 1024


class SecretFileError(ValueError):
    """A file named by a setting cannot be used; the message says which and what to do."""


def from_files(environment: Mapping[str, str], names: Iterable[str]) -> Mapping[str, str]:
    """`environment` with the variables `names` filled in from the files that `NAME_FILE` names, less a last line's end.

    A variable that is set itself is kept, and its file is not read.

    Raises:
        SecretFileError: a file cannot be read, is empty, or is no text.
    """
    given = {name: environment.get(f"{name}_FILE") for name in names if not environment.get(name)}
    return {**environment, **{name: _content(name, Path(file)) for name, file in given.items() if file}}


def _content(name: str, file: Path) -> str:
    try:
        with file.open("rb") as content:
            text = content.read(_LARGEST).decode().rstrip("\r\n")
    except OSError as error:
        raise SecretFileError(f"setting {name}_FILE: {file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SecretFileError(f"setting {name}_FILE: expected text in {file}, encoded as UTF-8") from error
    if not text:
        raise SecretFileError(f"setting {name}_FILE: expected a value in {file}, which is empty")
    return text
