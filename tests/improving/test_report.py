"""The page of an evaluation."""

import re

from bot.improving.report import report
from tests.improving.made_up import ABOUT, ORDER, READS

PAGE = report(READS, ABOUT, ORDER)


def test_it_says_what_was_measured_and_when() -> None:
    assert "Saturday, November 21, 2026, 12:00\u202fp.m. (Toronto time)".replace("\u202f", " ") in PAGE.replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    assert ABOUT.model in PAGE
    assert "heldout_en.yml, heldout_fr.yml" in PAGE


def test_figures_of_each_language_and_of_all() -> None:
    rows = re.findall(r'<tr><th scope="row">(\w+)</th><td class="number">(\d)</td><td class="number">([\d.]+%)', PAGE)
    assert rows == [("All", "8", "62.5%"), ("English", "4", "75.0%"), ("French", "4", "50.0%")]


def test_one_language_is_shown_once() -> None:
    page = report(READS[:4], ABOUT, ORDER)
    assert "English" in page
    assert ">All<" not in page
    assert page.count('<table class="matrix">') == 1


def test_a_sentence_is_text_whatever_it_holds() -> None:
    page = report((*READS, READS[2].__class__('<img src="x">"', "en", "greet", READS[2].reading)), ABOUT, ORDER)
    assert "<img" not in page
    assert "&lt;img src=&#34;x&#34;&gt;&#34;" in page


def test_it_asks_nobody_for_anything() -> None:
    assert "default-src 'none'" in PAGE
    assert not re.search(r"(?:src|href)=\"(?!#)", PAGE)
    assert "http" not in PAGE.replace("http-equiv", "")


def test_every_count_off_the_diagonal_leads_to_its_sentences() -> None:
    links = set(re.findall(r'href="#([\w-]+--[\w-]+)"', PAGE))
    assert links == {"ask_fees--ask_card", "ask_fees--ask_why"}
    assert links == set(re.findall(r'<section class="pair" id="([\w-]+)">', PAGE))


def test_nothing_misread() -> None:
    page = report(READS[:2], ABOUT, ORDER)
    assert "Every sentence was read rightly." in page
    assert "There are none." in page
