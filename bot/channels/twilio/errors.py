"""What Twilio's errors mean for a message (https://www.twilio.com/docs/api/errors, read 2026-11-22).

Twilio adds codes, so what is not listed goes by the HTTP status.
"""

from bot.conversations.outbox.models import Failure
from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError

_FAILURES: dict[Failure, tuple[int, ...]] = {
    "unsubscribed": (21610,),
    # 30004: blocked by handset or carrier; 63014: blocked in the app; 63032, 63033: WhatsApp forbids this person.
    "blocked": (30004, 63014, 63032, 63033),
    # 21211, 63003: no such address; 21614, 21635, 30006: no mobile; 30005: no such handset;
    # 63015: has not joined the sandbox; 63024: not on WhatsApp.
    "unknown_address": (21211, 21614, 21635, 30005, 30006, 63003, 63015, 63024),
    # 63016: after 24 hours; 63027, 63040, 63041, 63042: the template is missing, rejected, paused, disabled.
    "window": (63016, 63027, 63040, 63041, 63042),
    # 21408: this country is not turned on; 21612: no way from our number to theirs; 21602, 21617, 21658: the text is
    # empty or too long; 21655, 21656: the template or its variable; 30007: filtered by the carrier; 63005, 63013,
    # 63021: WhatsApp does not take the content.
    "rejected": (21408, 21602, 21612, 21617, 21655, 21656, 21658, 30007, 63005, 63013, 63021),
}
_FAILURE_OF = {code: failure for failure, codes in _FAILURES.items() for code in codes}

_OURS = frozenset(
    {20003, 20005, 20008, 20404, 21212, 21603, 21606, 21609, 21659, 21660, 21661, 30002, 63007, 63038, 63051}
)
"""Errors of the account, its sender or our address, which every message would meet."""


def failure_of(code: int | None) -> Failure:
    """Why a message that Twilio had taken did not arrive. A telephone that is off (30003) or a carrier that does not
    explain itself (30008) counts as tried enough: the next message may arrive."""
    return "tried_enough" if code is None else _FAILURE_OF.get(code, "tried_enough")


def send_error(status: int, code: int | None, retry_after: float | None) -> SendError:
    """What an answer that is no success says about the message that was to be sent."""
    detail = f"Twilio answered {status}, error {code}"
    if status == 429:
        # Such a request was never processed, says Twilio.
        return NotSentError(detail, retry_after=retry_after, everybody=code == 63038)
    if status >= 500 or status == 408:
        return UnclearError(detail)
    failure = None if code is None else _FAILURE_OF.get(code)
    if failure is not None:
        return RefusedError(failure, detail)
    if status in {401, 403, 404} or code in _OURS:
        return NotSentError(detail, retry_after=retry_after, everybody=True)
    return RefusedError("rejected", detail)
