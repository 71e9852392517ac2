"""What every reader of a policy file shares: the folder, the faults found so far, the sources that may be cited."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.policy.faults import Faults


@dataclass
class Reading:
    """One pass over the policy folder. `sources` is filled first, since everything else cites them."""

    folder: Path
    faults: Faults = field(default_factory=Faults)
    sources: frozenset[str] = frozenset()

    def check_sources(self, file: str, entry: str, cited: tuple[str, ...]) -> None:
        """Notes every id in `cited` that `sources.yml` does not have."""
        for source in cited:
            if source not in self.sources:
                self.faults.add(file, entry, f"cites the source `{source}`, which sources.yml does not have")
