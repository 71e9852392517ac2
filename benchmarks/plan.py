"""Which parts a run has, in order, and what each needs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import public_sets
from benchmarks.reading import PROJECT

SUBJECTS = ("intents", "dialogue", "rulings", "desk")
OURS = ("n-grams", "always embeddings", "cascade")
TEMPLATE = "template"


@dataclass(frozen=True)
class Size:
    """How much is done: everything, or so little that only the way there is tried."""

    every: int = 1
    train_every: int = 1
    epochs: int | None = None
    long_conversations: int = 5
    cases: int = 20_000
    desk_conversations: int = 10_000
    desk_long: int = 5_000
    desk_calls: int = 100

    def as_dict(self) -> dict[str, Any]:
        """For a job."""
        return dict(vars(self))


FULL = Size()
_QUICK_DESK = {"desk_conversations": 200, "desk_long": 100, "desk_calls": 2}
QUICK = Size(every=16, train_every=5, epochs=2, long_conversations=1, cases=500, **_QUICK_DESK)


@dataclass(frozen=True)
class Part:
    """One process: its name, the module that does it, what it is told and the parts whose results it is told too.

    `weight` is its share of the time, roughly, in minutes of a whole run on two cores.
    """

    subjects: tuple[str, ...]
    name: str
    doing: str
    module: str
    job: dict[str, Any]
    weight: float
    after: tuple[str, ...] = ()


def plan(work: Path, folder: Path | None, size: Size, subjects: tuple[str, ...] = SUBJECTS) -> list[Part]:
    """The parts of a run that keeps its models in `work` and reads public sets from `folder`."""
    parts: list[Part] = []
    for name in [PROJECT, *(found.name for found in public_sets(folder))]:
        parts += _intents(work, name, folder, size)
    parts += _dialogue(work, size)
    parts.append(Part(("rulings",), "rulings", "rulings a second", "rulings", size.as_dict(), 1))
    parts.append(Part(("desk",), "desk", "calling the desk", "desk", size.as_dict(), 8))
    return [part for part in parts if set(part.subjects) & set(subjects)]


def _intents(work: Path, name: str, folder: Path | None, size: Size) -> list[Part]:
    job = {**size.as_dict(), "set": name, **({} if name == PROJECT else {"folder": str(folder)})}
    ours, template = {"model": str(work / name / "ours")}, {"model": str(work / name / TEMPLATE)}
    long = 1.0 if name == PROJECT else 2.0
    subject = ("intents",)
    training = f"training-ours-{name}"
    found = [Part(subject, training, f"training ours on {name}", "our_training", job | ours, 4 * long)]
    for contestant in OURS:
        reading, told = f"reading-{contestant.replace(' ', '-')}-{name}", job | ours | {"contestant": contestant}
        found.append(Part(subject, reading, f"{contestant} reads {name}", "our_reading", told, long, (training,)))
    training, reading = f"training-{TEMPLATE}-{name}", f"reading-{TEMPLATE}-{name}"
    # What is trained on the project's data talks too, and learns its policies in the same training.
    told = job | template | {"policies": name == PROJECT}
    both = ("intents", "dialogue") if name == PROJECT else subject
    doing = f"training the template on {name}"
    found.append(Part(both, training, doing, "template_training", told, 20 * long))
    told = job | template | {"contestant": TEMPLATE}
    found.append(Part(subject, reading, f"the template reads {name}", "template_reading", told, long, (training,)))
    return found


def _dialogue(work: Path, size: Size) -> list[Part]:
    job = {**size.as_dict(), "set": PROJECT}
    template = job | {"model": str(work / PROJECT / TEMPLATE)}
    guide = job | {"data": str(work / "guide")}
    subject, ready, training = ("dialogue",), "preparing-ours", f"training-{TEMPLATE}-{PROJECT}"
    return [
        Part(subject, f"talking-{TEMPLATE}", "talking with the template", "template_talking", template, 5, (training,)),
        Part(subject, ready, "training the guide, making a database", "our_preparing", guide, 2),
        Part(
            subject,
            "talking-ours",
            "talking with the guide's dialogue",
            "our_talking",
            guide | {"whole_way": False},
            2,
            (ready,),
        ),
        Part(
            subject,
            "talking-ours-recorded",
            "talking with the guide, the whole way",
            "our_talking",
            guide | {"whole_way": True},
            2,
            (ready,),
        ),
    ]
