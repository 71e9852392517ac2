"""Whether a member's benefits run on while a renewal is pending."""

from datetime import date

from bot.guidance.case import Application
from bot.guidance.ruling import Reason, RenewalRuling
from bot.guidance.situation import Situation
from bot.guidance.speaker import Speaker


def renewal(s: Situation, speaker: Speaker) -> RenewalRuling:
    """Applies where the kind is `renewal` and it was submitted on or before the day the membership expires.

    An unknown kind or an unknown date does not make a renewal in time.
    """
    application = s.application
    if application is None:
        return _ruling(speaker, "no", None, speaker.reason("application_known", False))
    if application.kind != "renewal":
        variant = "not_renewal" if application.kind == "new" else "unknown"
        return _ruling(speaker, "no", None, speaker.reason("renewed_before_expiry", False, variant))
    return _of_renewal(application, s, speaker)


def _of_renewal(application: Application, s: Situation, speaker: Speaker) -> RenewalRuling:
    submitted, expires = application.submitted_on, application.membership_expires_on
    if submitted is None or expires is None:
        return _ruling(speaker, "no", None, speaker.reason("renewed_before_expiry", False, "unknown"))
    in_time = submitted <= expires
    reason = speaker.reason("renewed_before_expiry", in_time, submitted=submitted, expires=expires)
    if not in_time:
        return _ruling(speaker, "no", None, reason)
    years = s.in_force.benefits_extension_years
    until = years_after(expires, years)
    return _ruling(speaker, "yes", until, reason, speaker.reason("benefits_five_years", True, years=years, until=until))


def _ruling(speaker: Speaker, applies: str, until: date | None, *reasons: Reason) -> RenewalRuling:
    values = {} if until is None else {"until": until}
    return RenewalRuling(
        applies=until is not None,
        text=speaker.say(f"renewal.{applies}", **values),
        benefits_extended_until=until,
        reasons=reasons,
        notices=speaker.notices(("renewal", *[reason.rule for reason in reasons])),
    )


def years_after(day: date, years: int) -> date:
    """The same day `years` years on; a 29 February falls to 28 February where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
