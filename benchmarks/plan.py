"""Which parts a run has, in order, and what each needs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import public_sets
from benchmarks.reading import PROJECT

SUBJECTS = ("intents", "dialogue", "rulings")
OURS = ("n-grams", "always embeddings", "cascade")
TEMPLATE = "template"


@dataclass(frozen=True)
class Size:
    """How much is done: everything, or so little that only the way there is tried."""

    every: int = 1
    train_every: int = 1
    epochs: int | None = None
    long_conversations: int = 3
    cases: int = 20_000

    def as_dict(self) -> dict[str, Any]:
        """For a job."""
        return dict(vars(self))


FULL = Size()
QUICK = Size(every=16, train_every=5, epochs=2, long_conversations=1, cases=500)


@dataclass(frozen=True)
class Part:
    """One process: its name, the module that does it, what it is told and the parts whose results it is told too.

    `weight` is its share of the time, roughly, in minutes of a whole run on two cores.
    """

    subject: str
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
    parts.append(Part("rulings", "rulings", "rulings a second", "rulings", size.as_dict(), 1))
    return [part for part in parts if part.subject in subjects]


def _intents(work: Path, name: str, folder: Path | None, size: Size) -> list[Part]:
    job = {**size.as_dict(), "set": name, "folder": str(folder)}
    ours, template = str(work / name / "ours"), str(work / name / TEMPLATE)
    long = 1.0 if name == PROJECT else 2.0
    training = f"training-ours-{name}"
    found = [Part("intents", training, f"training ours on {name}", "our_training", job | {"model": ours}, 3 * long)]
    for contestant in OURS:
        found.append(
            Part(
                "intents",
                f"reading-{contestant.replace(' ', '-')}-{name}",
                f"{contestant} reads {name}",
                "our_reading",
                job | {"model": ours, "contestant": contestant},
                long,
                (training,),
            )
        )
    training = f"training-{TEMPLATE}-{name}"
    told = job | {"model": template, "policies": False}
    found.append(Part("intents", training, f"training the template on {name}", "template_training", told, 10 * long))
    told = job | {"model": template, "contestant": TEMPLATE}
    reading = f"reading-{TEMPLATE}-{name}"
    found.append(Part("intents", reading, f"the template reads {name}", "template_reading", told, long, (training,)))
    return found


def _dialogue(work: Path, size: Size) -> list[Part]:
    """The template first: where the intents were measured before, its understanding lies in Rasa's cache."""
    job = {**size.as_dict(), "set": PROJECT, "folder": "None"}
    model = {"model": str(work / PROJECT / TEMPLATE)}
    data = {"data": str(work / "guide")}
    ready, training = "preparing-ours", f"training-{TEMPLATE}-dialogue"
    return [
        Part(
            "dialogue",
            training,
            "training the template's policies",
            "template_training",
            job | model | {"policies": True},
            5,
        ),
        Part(
            "dialogue",
            f"talking-{TEMPLATE}",
            "talking with the template",
            "template_talking",
            job | model,
            5,
            (training,),
        ),
        Part("dialogue", ready, "training the guide, making a database", "our_preparing", job | data, 2),
        Part(
            "dialogue",
            "talking-ours",
            "talking with the guide",
            "our_talking",
            job | data | {"whole_way": False},
            2,
            (ready,),
        ),
        Part(
            "dialogue",
            "talking-ours-recorded",
            "talking with the guide, every message recorded",
            "our_talking",
            job | data | {"whole_way": True},
            2,
            (ready,),
        ),
    ]
