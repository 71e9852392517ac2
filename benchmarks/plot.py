"""Accuracy against milliseconds a message: the further up and to the left, the better."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.figures import order, sets, title

# Okabe and Ito's colours, which the colour-blind tell apart; the marker says the same.
_LOOK = {
    "template": ("#D55E00", "s"),
    "n-grams": ("#0072B2", "^"),
    "always embeddings": ("#CC79A7", "D"),
    "cascade": ("#009E73", "o"),
}
# Where the number stands, in points from the middle of its marker: neighbours must not write over each other.
_LABEL = {"template": (0, -17), "n-grams": (0, -17), "always embeddings": (22, -4), "cascade": (0, 9)}
_NAMES = {"template": "Rasa's template", "cascade": "cascade (ours)"}


def draw(found: Mapping[str, Any], file: Path) -> None:
    """Writes the plot as SVG: a panel a set, a point a contestant."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    # The same figures make the same file.
    mpl.rcParams.update({"svg.hashsalt": "nexus-guide", "svg.fonttype": "none", "font.size": 11})
    panels = sets(found)
    across = min(2, len(panels))
    down = -(-len(panels) // across)
    figure, axes = pyplot.subplots(
        down, across, figsize=(4.6 * across, 3.3 * down + 0.7), sharex=True, squeeze=False, layout="constrained"
    )
    for panel, measured in zip(axes.flat, panels, strict=False):
        for name in order(found["intents"][measured]):
            colour, marker = _LOOK[name]
            scores = found["intents"][measured][name]
            panel.plot(
                scores["milliseconds_mean"],
                100 * scores["accuracy"],
                marker,
                color=colour,
                markersize=10,
                label=_NAMES.get(name, name),
                linestyle="none",
                markeredgecolor="white",
            )
            panel.annotate(
                f"{100 * scores['accuracy']:.1f}",
                (scores["milliseconds_mean"], 100 * scores["accuracy"]),
                xytext=_LABEL[name],
                textcoords="offset points",
                ha="center",
                fontsize=9,
            )
        panel.set_title(f"{title(measured)} ({scores['sentences']:,} sentences)", fontsize=11)
        panel.set_xscale("log")
        panel.grid(visible=True, which="major", color="#dddddd", linewidth=0.8)
        panel.set_axisbelow(True)
        panel.margins(x=0.15, y=0.25)
        panel.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        panel.xaxis.set_minor_formatter(NullFormatter())
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(labelbottom=True)
    for panel in axes.flat[len(panels) :]:
        panel.remove()
    figure.supxlabel("milliseconds a message, mean (logarithmic)", fontsize=11)
    figure.supylabel("intent accuracy, %", fontsize=11)
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4, frameon=False, fontsize=10)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
