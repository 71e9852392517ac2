"""The plots: rates by the number of processes beside the line they would follow, waits, and the soak's memory."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_BLUE, _ORANGE, _GREEN, _GREY = "#0072B2", "#D55E00", "#009E73", "#777777"


def draw(found: Mapping[str, Any], file: Path) -> None:
    """Writes them side by side as SVG."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    mpl.rcParams.update({"svg.hashsalt": "nexus-guide", "svg.fonttype": "none", "font.size": 11})
    soaked = found["soaked"]
    panels = 3 if soaked and soaked["megabytes"] else 2
    figure, axes = pyplot.subplots(1, panels, figsize=(4.6 * panels, 3.8), layout="constrained")
    _rates(axes[0], found["measured"])
    _waits(axes[1], found["measured"])
    if panels == 3:
        _memory(axes[2], soaked)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def _rates(panel: Any, measured: list[Mapping[str, Any]]) -> None:
    counts = [each["processes"] for each in measured]
    held = [each["held"]["rate"] for each in measured]
    panel.plot(counts, [held[0] * count / counts[0] for count in counts], "--", color=_GREY, label="linear")
    panel.plot(counts, held, "o-", color=_BLUE, label="highest rate held")
    panel.set(title="Turns a second", xlabel="processes", xticks=counts, ylim=(0, None))
    panel.legend()


def _waits(panel: Any, measured: list[Mapping[str, Any]]) -> None:
    places = range(len(measured))
    for number, (part, colour) in enumerate((("p50", _GREEN), ("p95", _BLUE), ("p99", _ORANGE))):
        waits = [each["at_ease"][part] for each in measured]
        panel.bar([place + (number - 1) * 0.27 for place in places], waits, 0.25, color=colour, label=part)
    panel.set(title="Milliseconds at 70 % of it", xlabel="processes")
    panel.set_xticks(list(places), [str(each["processes"]) for each in measured])
    panel.legend()


def _memory(panel: Any, soaked: Mapping[str, Any]) -> None:
    seconds, megabytes = zip(*soaked["megabytes"], strict=True)
    panel.plot([each / 60 for each in seconds], megabytes, color=_BLUE)
    panel.set(title="MB of all processes, soak", xlabel="minutes", ylim=(0, None))
