"""Every text the code asks for exists, every text is asked for, and what is offered to press is understood."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

import pytest

from bot.channels.kind import kinds
from bot.channels.port import Attachment
from bot.conversations.outbox.entries import FETCHED
from bot.conversations.reasons import REASONS, Rating
from bot.dialogue.assistant import Assistant
from bot.dialogue.reading import Reader
from bot.dialogue.resources import RESPONSES
from bot.formats import Language
from bot.guidance.case import Agency, InterviewState, Status
from bot.policy import load_all
from bot.settings import ROOT
from bot.texts import LANGUAGES, Catalogue
from tests.contract import INTENTS

WORDING = Catalogue.load(RESPONSES)
KEYS = WORDING.keys()
CODE = [path for room in ("actions", "bot") for path in sorted((ROOT / room).rglob("*.py"))]
NOW = datetime.fromisoformat("2026-11-21T12:00")

# What each button stands for when it is typed and not pressed; those left out answer a question of the guide's.
BUTTONS = {
    "button.why": {"ask_why"},
    "button.cbp": {"ask_cbp_on_flight"},
    "button.options": {"ask_interview_options"},
    "button.status": {"check_status"},
    "button.centres": {"ask_where_centres"},
    "button.verify": {"verify_identity"},
    "button.person": {"talk_to_human"},
    "button.no_person": {"cancel"},
    "button.help": {"help"},
    "button.restart": {"restart"},
    "button.cbsa_done": {"inform"},
    "button.cbsa_booked": {"inform"},
    "button.approved_only": {"inform"},
    "button.in_review": {"inform"},
    "button.shared_yes": {"inform", "affirm"},
    "button.shared_no": {"inform", "deny"},
}
# The fact that a typed button tells, as its entity.
TELLS = {
    "button.cbsa_done": ("cbsa_interview", "completed"),
    "button.cbsa_booked": ("cbsa_interview", "scheduled"),
    "button.approved_only": ("cbsa_interview", "none"),
    "button.in_review": ("application_status", "pending_review"),
    "button.shared_yes": ("shared", "yes"),
}
# What a question that is offered tells besides.
TOLD_AS_WELL = {"meant.ask_day_of_travel_problem": {"time"}, "meant.ask_denial": {"application_status"}}
# Small talk and answers to the guide's own questions: nobody is asked whether they meant these.
NEVER_MEANT = frozenset(
    """greet goodbye thank affirm deny cancel restart bot_challenge chitchat change_language inform ask_what_if
    ask_why out_of_scope""".split()
)


def families() -> frozenset[str]:
    """Keys that code puts together from a name of its own."""
    trip = ("origin", "which_airport", "destination", "which_destination", "when", "clock")
    asked = (*trip, "progress", "cbsa_centre", "cbsa_at", "shared")
    unknown = ("origin", "destination", "when", "progress", "cbsa_centre", "cbsa_at")
    return frozenset(
        [f"status.{status}" for status in get_args(Status)]
        + [f"status.interview.{state}" for state in get_args(InterviewState)]
        + [f"agency.{agency}" for agency in get_args(Agency)]
        + [f"ask.{fact}" for fact in (*asked, "home")]
        + [f"open.{fact}" for fact in asked]
        + [f"unknown.{fact}" for fact in unknown]
        + ["both.which_airport"]
        + [f"meant.{intent}" for intent in INTENTS - NEVER_MEANT]
        + [f"system_rate_{rating}" for rating in get_args(Rating)]
        + ["verify.link_short", "status.verify_first_short"]
        + [f"channel_{said}.{kind}" for said in ("attached", "unreadable") for kind in get_args(Attachment)]
        + [f"alert_channel_{channel}" for channel in (*FETCHED, *(kind.name for kind in kinds()))]
        + [f"alert_language_{language}" for language in (*LANGUAGES, "unknown")]
        + [f"alert_reason_{reason}" for reason in REASONS]
    )


def literals() -> Iterator[str]:
    """Every piece of text in the code, whole."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def asked_for() -> Iterator[tuple[str, str]]:
    """The keys that stand whole in calls of `say` and `button`, with the file they stand in."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            if node.func.attr in ("say", "button"):
                for part in ast.walk(node.args[0]):
                    inside_f_string = isinstance(node.args[0], ast.JoinedStr)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and not inside_f_string:
                        yield path.name, part.value


def test_every_key_that_code_names_exists() -> None:
    assert [(file, key) for file, key in asked_for() if "." in key and not WORDING.has(key)] == []


def test_every_key_that_code_puts_together_exists() -> None:
    assert sorted(key for key in families() if not WORDING.has(key)) == []


def test_every_intent_that_the_policy_answers_has_a_lead() -> None:
    assert sorted(intent for intent in load_all().answers if not WORDING.has(f"answer.{intent}")) == []


def test_every_text_is_asked_for() -> None:
    named = frozenset(literals())
    ends = frozenset(piece for text in named for piece in re.findall(r"\w+", text))
    # The engine's own texts have their own test (tests/guidance, tests/policy); here is what the dialogue says.
    engine = ("reason.", "step.", "verdict.", "option.", "renewal.")
    unused = []
    for key in sorted(KEYS - families() - named):
        family, _, last = key.rpartition(".")
        known = last in INTENTS if family in ("answer", "meant") else key.rpartition("identity_")[2] in ends
        if not key.startswith((*engine, "identity_", "again.")) and not known:
            unused.append(key)
    assert unused == []


def test_every_question_that_can_be_asked_again_is_one_that_is_asked() -> None:
    asked = {key.partition(".")[2] for key in KEYS if key.startswith("ask.")}
    again = {key.partition(".")[2] for key in KEYS if key.startswith("again.")} - {"other"}
    assert again <= asked


def test_every_button_is_listed_here() -> None:
    assert {key for key in KEYS if key.startswith("button.")} == set(BUTTONS)


SIGNS_OF_BOTH = {r"'": "use ’", r"(?<!^)  (?=\S)": "one space is enough", r"\.\.\.": "use …"}
SIGNS = {
    "fr": {
        r'"': "use « »",
        r"\w :": "a no-break space stands before the colon",
        r"[\s\u00a0][;?!]": "no space stands before ; ? ! in Canadian French",
        r"«(?!\u00a0)|(?<!\u00a0)»": "no-break spaces stand inside « »",
        r"\bCBSA\b": "ASFC",
        r"(?i)centres? d’enr[oô]lement|préautoris|prédédouan|enrôl": "centre d’inscription, précontrôle",
        r"\bl’CBP\b|\bde CBP\b|\bl’US": "le CBP",
        r"(?i)\b(tu|ton|ta|tes|toi)\b": "vous",
    },
    "en": {
        r"«(?! en français »)|(?<!« en français )»": "use “ ”",
        r"\bASFC\b": "CBSA",
        r"(?i)(?<!“)enrollment": "enrolment",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_written_as_their_readers_write(language: Language) -> None:
    faults = []
    for key in sorted(KEYS):
        text = WORDING.say(key, language)
        # In the greeting of both languages and in the offer of the other one, its words are meant.
        other = key in ("greeting.both", "language.noticed", "identity_own_name", "what_if.of_what")
        for sign, advice in {**SIGNS_OF_BOTH, **({} if other else SIGNS[language])}.items():
            if re.search(sign, re.sub(r"\{\w*\}", "x", text)):
                faults.append((key, advice, text))
    assert faults == []


@pytest.fixture(scope="module")
def reader(assistant: Assistant) -> Reader:
    return Reader(assistant.pipeline)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(BUTTONS))
def test_a_button_that_is_typed_means_what_it_means_when_pressed(reader: Reader, key: str, language: Language) -> None:
    understood = reader.read(WORDING.say(key, language), language, NOW)
    assert understood["intent"]["name"] in BUTTONS[key]
    assert understood["language"] == language
    if key in TELLS:
        assert TELLS[key] in [(entity["entity"], entity["value"]) for entity in understood["entities"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(key for key in KEYS if key.startswith("meant.")))
def test_what_is_offered_as_meant_is_understood_as_that(reader: Reader, key: str, language: Language) -> None:
    understood = reader.read(WORDING.say(key, language), language, NOW)
    assert understood["intent"]["name"] == key.removeprefix("meant.")
    assert understood["language"] == language
    facts = {entity["entity"] for entity in understood["entities"]} - {"agency"}
    assert facts <= TOLD_AS_WELL.get(key, set())
