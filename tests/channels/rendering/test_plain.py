"""Texts as text messages write them."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rendering.gsm import is_gsm
from bot.channels.rendering.plain import plain
from bot.settings import ROOT
from tests.channels.rendering.spoken import CATALOGUE


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("L’entrevue\u00a0: « oui »", 'L\'entrevue : "oui"'),
        ("1\u202f204\u00a0km — à 14\u00a0h\u00a030…", "1 204 km - à 14 h 30..."),
        ("Être prêt à Québec, au précontrôle, ça va", "Etre pret à Québec, au précontrole, ca va"),
        ("À Noël, où est le cœur? É È Ç", "A Noel, où est le coeur? É E Ç"),
        ("• Vancouver → Seattle\n✓ oui\n✗ non", "- Vancouver -> Seattle\n+ oui\n- non"),
        ("e\u0301te\u0301", "été"),
        ("merci 😀 谢谢", "merci 😀 谢谢"),
    ],
)
def test_french_stays_french(text: str, written: str) -> None:
    assert plain(text) == written


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_every_text_of_the_guide_and_of_the_policy_can_be_written_so() -> None:
    texts = {f"{key} {each}": CATALOGUE.say(key, each) for key in CATALOGUE.keys() for each in ("en", "fr")}  # noqa: SIM118
    for path in sorted((ROOT / "policy").glob("*.yml")):
        texts |= {f"{path.name} {number}": each for number, each in enumerate(_strings(path.read_text("utf-8")))}
    assert {key: text for key, text in texts.items() if not is_gsm(plain(text))} == {}


def _strings(content: str) -> list[str]:
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, str):
            found.append(node)
        elif isinstance(node, dict):
            [walk(each) for each in node.values()]
        elif isinstance(node, list):
            [walk(each) for each in node]

    walk(yaml.load(content, Loader=yaml.CSafeLoader))
    return found
