from collections.abc import Callable
from datetime import date

import pytest

from bot.policy import Everything

Spoil = Callable[..., tuple[str, ...]]
BLOOMBERG = "    date: 2023-01-08\n"


def test_the_founding_documents_are_there_with_their_dates(everything: Everything) -> None:
    sources = everything.policy.sources
    assert sources["cbsa-cbp-2023-01-25"].date == date(2023, 1, 25)
    assert sources["bloomberg-2023-01-08"].date == date(2023, 1, 8)


def test_a_date_in_an_id_is_the_date_of_the_source(everything: Everything) -> None:
    for name, source in everything.policy.sources.items():
        ending = name[-10:]
        if ending[4:5] == "-" and ending[7:8] == "-":
            assert source.date == date.fromisoformat(ending), name


def test_a_page_called_a_page_is_undated(everything: Everything) -> None:
    assert all(s.date is None for name, s in everything.policy.sources.items() if name.endswith("-page"))


def test_every_source_is_cited_by_something(everything: Everything) -> None:
    policy = everything.policy
    cited: set[str] = {source for fact in policy.notices for source in fact.sources}
    spans = [rule.span for rule in policy.rules.values()]
    spans += [span for parameter in policy.parameters.values() for span, _ in parameter.values]
    spans += [span for airport in policy.airports.values() for span in (*airport.preclearance, *airport.cbp_interviews)]
    spans += [span for centre in policy.centres.values() for span in centre.open]
    spans += [statement.span for statement in everything.statements.values()]
    cited |= {source for span in spans for source in span.sources}
    assert set(policy.sources) - cited == set()
    assert cited - set(policy.sources) == set()


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ("", "give either `date` or `undated: true`, and not both"),
        (BLOOMBERG + "    undated: true\n", "give either `date` or `undated: true`, and not both"),
        ("    undated: true\n", "`read_on` goes with `undated: true`"),
        (BLOOMBERG + "    read_on: 2026-11-21\n", "`read_on` goes with `undated: true`"),
    ],
)
def test_a_source_is_either_dated_or_says_when_it_was_read(faults_after: Spoil, instead: str, says: str) -> None:
    faults = faults_after("sources.yml", BLOOMBERG, instead)
    assert faults[0].startswith(f"sources.yml: bloomberg-2023-01-08: {says}")


def test_an_address_must_be_https(faults_after: Spoil) -> None:
    faults = faults_after("sources.yml", "https://globalnews.ca/news/9565168", "http://globalnews.ca/news/9565168")
    assert faults[0].startswith("sources.yml: global-news-2023-03-20: url: ")
