"""The fields of each kind of row: the one list that CSV, JSON and the checks go by."""

from bot.applicants.importing import values
from bot.applicants.importing.values import Reader
from bot.applicants.models import Kind, Language
from bot.guidance.case import Agency, InterviewState, Mode, Status

APPLICANT: dict[str, Reader] = {
    "id": values.applicant_id,
    "name": values.text(200),
    "language": values.one_of(Language),
    "birth_date": values.plain_date,
    "passid": values.number_of("passid"),
    "application_number": values.number_of("application"),
    "residence": values.text(120),
    "latitude": values.degrees(90),
    "longitude": values.degrees(180),
}
APPLICATION: dict[str, Reader] = {
    "kind": values.one_of(Kind),
    "status": values.one_of(Status),
    "submitted_on": values.plain_date,
    "membership_expires_on": values.plain_date,
    "auto_renewed": values.flag,
    "shared_with_cbp_at": values.instant,
}
INTERVIEW: dict[str, Reader] = {
    "agency": values.one_of(Agency),
    "state": values.one_of(InterviewState),
    "centre": values.text(40),
    "at": values.instant,
}
SEGMENT: dict[str, Reader] = {
    "flight": values.text(16),
    "origin": values.text(80),
    "destination": values.text(80),
    "departs_at": values.instant,
    "mode": values.one_of(Mode),
}
REQUIRED: dict[str, frozenset[str]] = {
    "applicant": frozenset({"id", "name", "language"}),
    "application": frozenset({"status"}),
    "interview": frozenset({"agency", "state"}),
    "segment": frozenset({"origin", "destination", "departs_at"}),
}
RECORDS: dict[str, dict[str, Reader]] = {
    "applicant": APPLICANT,
    "application": APPLICATION,
    "interview": INTERVIEW,
    "segment": SEGMENT,
}
