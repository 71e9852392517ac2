"""What is wrong with the policy files, all of it at once."""


class PolicyError(ValueError):
    """The policy cannot be used. `faults` lists every fault, each naming file and entry; nothing was loaded."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Faults:
    """Collects faults while reading goes on, so that one run tells an editor everything."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def add(self, file: str, entry: str | None, what: str) -> None:
        """Notes one fault; `entry` is None where the file as a whole is meant."""
        self._found[f"{file}: {what}" if entry is None else f"{file}: {entry}: {what}"] = None

    def stop_if_any(self) -> None:
        """Raises PolicyError with all faults noted so far, in the order they were found; nothing without faults."""
        if self._found:
            raise PolicyError(tuple(self._found))
