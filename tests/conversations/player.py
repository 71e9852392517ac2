"""Plays a written dialogue against the guide and holds every line of the guide's to it."""

import re
from typing import Any

from tests.conversations.talk import Heard, Talk, plain, sample_people
from tests.conversations.transcript import Step, Transcript

_UNFILLED = re.compile(r"\{\w+\}")


async def play(transcript: Transcript, url: str) -> None:
    """Plays `transcript`; raises AssertionError with the conversation so far where the guide does otherwise."""
    async with Talk(url, transcript.language) as talk:
        player = Player(talk)
        for step in transcript.steps:
            try:
                await player.take(step)
            except AssertionError as error:
                raise AssertionError(f"line {step.line}: {error}\n\n{shown(talk.messages)}") from None
        kept = await talk.all_messages()
        assert [message["seq"] for message in kept] == list(range(1, len(kept) + 1)), "seq has a gap"
        assert kept == talk.messages, f"the record differs from what was seen\n\n{shown(kept)}"


class Player:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._heard = Heard(replies=list(talk.messages))
        self._read_to = 0

    async def take(self, step: Step) -> None:
        done = getattr(self, f"_do_{step.kind}", None)
        if done is None:
            getattr(self, f"_check_{step.kind}")(*step.values)
            return
        before = len(self._talk.messages)
        self._heard = await done(*step.values)
        self._read_to = 0
        self._sound([m for m in self._talk.messages[before:] if m["sender"] == "bot"])

    def _sound(self, replies: list[dict[str, Any]]) -> None:
        """What holds of any replies, whatever was said."""
        texts = [reply["text"] for reply in replies]
        assert all(text.strip() for text in texts), "a reply is empty"
        assert len(set(texts)) == len(texts), "the guide says the same thing twice in one turn"
        assert not any(_UNFILLED.search(text) for text in texts), "a reply has a place that was not filled in"

    # What the traveller does

    async def _do_traveller(self, text: str) -> Heard:
        return await self._talk.say(text)

    async def _do_presses(self, title: str) -> Heard:
        payload = self._talk.button(title)
        assert payload is not None, f"nothing to press is called {title!r}"
        return await self._talk.say(payload)

    async def _do_proves(self, person: str) -> Heard:
        _, heard = await self._talk.prove(*sample_people()[person])
        assert heard.replies, "nothing was said after the proof"
        return heard

    async def _do_tries(self, number: str, birth_date: str, says: str) -> Heard:
        page, heard = await self._talk.prove(number, birth_date)
        assert plain(says) in plain(page), f"the page does not say {says!r}: {page}"
        assert not heard.replies, "the guide spoke although the proof failed"
        return heard

    async def _do_locks(self, number: str, birth_date: str, says: str) -> Heard:
        page, heard = await self._talk.prove(number, birth_date, speaks=True)
        assert plain(says) in plain(page), f"the page does not say {says!r}: {page}"
        return heard

    async def _do_sends_nothing(self) -> Heard:
        return await self._talk.say("")

    async def _do_sends_many(self, count: str) -> Heard:
        return await self._talk.say("a" * int(count.replace(",", "")))

    async def _do_repeats(self) -> Heard:
        again = await self._talk.say_again()
        assert (again.stored, again.replies) == (self._heard.stored, self._heard.replies), "another answer this time"
        return again

    # What the guide must have said

    def _check_guide(self, words: str) -> None:
        said = plain("\n".join(reply["text"] for reply in self._heard.replies))
        found = said.find(plain(words), self._read_to)
        where = "after what was read so far" if self._read_to else "in what the guide says"
        assert found >= 0, f"not found {where}: {words!r}"
        self._read_to = found + len(plain(words))

    def _check_silent(self, words: str) -> None:
        for reply in self._heard.replies:
            assert plain(words) not in plain(str(reply)), f"the guide speaks of {words!r}"

    def _check_verdict(self, verdict: str, code: str) -> None:
        rulings = [ruling["cbp_on_next_flight"] for ruling in self._rulings()]
        found = [(flight["verdict"], flight["code"]) for flight in rulings]
        assert (verdict, code) in found, f"expected the verdict {verdict} {code}, found {found}"

    def _check_no_verdict(self) -> None:
        assert not self._rulings(), "there is a ruling already"

    def _check_option(self, option: str, applies: str) -> None:
        found = [(one["option"], one["applies"]) for ruling in self._rulings() for one in ruling["options"]]
        assert (option, applies) in found, f"expected the option {option} {applies}, found {found}"

    def _check_renewal(self, day: str) -> None:
        found = [ruling["renewal"]["benefits_extended_until"] for ruling in self._rulings()]
        assert day in found, f"expected benefits until {day}, found {found}"

    def _check_next_step(self, code: str) -> None:
        found = [ruling["next_step"]["code"] for ruling in self._rulings()]
        assert code in found, f"expected the next step {code}, found {found}"

    def _check_source(self, name: str) -> None:
        found = [source["id"] for reply in self._heard.replies for source in reply["meta"].get("sources", [])]
        assert name in found, f"expected the source {name}, found {found}"

    def _check_language(self, language: str) -> None:
        found = [reply["language"] for reply in self._heard.replies]
        assert set(found) == {language}, f"expected replies in {language}, found {found}"

    def _check_state(self, state: str) -> None:
        assert self._heard.state == state, f"expected the state {state}, found {self._heard.state}"

    def _check_intent(self, intent: str) -> None:
        found = [reply["meta"].get("intent") for reply in self._heard.replies]
        assert intent in found, f"expected the intent {intent}, found {found}"

    def _check_offers(self, title: str) -> None:
        assert self._talk.button(title) is not None, f"nothing to press is called {title!r}"

    def _check_stored(self, text: str) -> None:
        stored = self._heard.stored
        assert stored is not None and stored["text"] == text, f"expected {text!r} in the record, found {stored}"

    def _check_refused(self, status: str) -> None:
        assert self._heard.refused == int(status), f"expected a refusal with {status}, found {self._heard.refused}"

    def _check_replies(self, count: str) -> None:
        assert len(self._heard.replies) == int(count), f"expected {count} replies, found {len(self._heard.replies)}"

    def _rulings(self) -> list[dict[str, Any]]:
        return [reply["meta"]["ruling"] for reply in self._heard.replies if reply["meta"].get("ruling")]


def shown(messages: list[dict[str, Any]]) -> str:
    """A conversation as a reader sees it, with what can be pressed, what was understood and what was ruled."""
    lines: list[str] = []
    for message in messages:
        text = message["text"].replace("\n", "\n      ")
        if message["sender"] == "traveller":
            lines.append(f"\n{message['seq']:>3}  Traveller: {text}")
            continue
        lines.append(f"{message['seq']:>3}  Guide: {text}")
        meta = message["meta"]
        notes = [f"intent: {meta['intent']}"] if meta.get("intent") else []
        if meta.get("ruling"):
            flight = meta["ruling"]["cbp_on_next_flight"]
            notes += [f"verdict: {flight['verdict']} {flight['code']}", f"next: {meta['ruling']['next_step']['code']}"]
        notes += [f"source: {source['id']}" for source in meta.get("sources", [])]
        notes += [f'offers "{button["title"]}"' for button in message["buttons"]]
        lines.append(f"      [{'; '.join([message['language'] or '?', *notes])}]")
    return "\n".join(lines)
