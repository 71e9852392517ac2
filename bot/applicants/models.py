"""The register's tables.

Children are keyed by their applicant's id and their place in order, so that an import can name them without asking,
and everything of one applicant lies together. Instants are UTC; whoever shows one converts it to the airport's zone.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Base, UtcDateTime
from bot.guidance.case import Agency, InterviewState, Mode, Status

Kind = Literal["new", "renewal"]
Language = Literal["en", "fr"]
CorrectionKind = Literal["cbsa_completed", "cbsa_shared", "trip"]


class Applicant(Base):
    """A person in the register. `id` is the register's own; no PASSID, application number or birth date is kept.

    `fingerprint` is a keyed digest of everything imported, so that a repeated import knows what has not changed.
    `invented` marks the people of the sample register. Latitude and longitude are degrees.
    """

    __tablename__ = "applicants"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[Language] = mapped_column(String(2))
    residence: Mapped[str | None] = mapped_column(String(120))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    invented: Mapped[bool]
    fingerprint: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    applications: Mapped[list["Application"]] = relationship(order_by="Application.number", lazy="raise")
    trips: Mapped[list["Trip"]] = relationship(order_by="Trip.number", lazy="raise")
    corrections: Mapped[list["Correction"]] = relationship(
        order_by="Correction.made_at, Correction.id", lazy="raise", passive_deletes="all"
    )

    __table_args__ = (Index(None, "invented"),)


class Application(Base):
    """One application of a person; `bot.applicants.current` says which is the one that counts."""

    __tablename__ = "applications"

    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Kind | None] = mapped_column(String(16))
    status: Mapped[Status] = mapped_column(String(32))
    submitted_on: Mapped[date | None]
    membership_expires_on: Mapped[date | None]
    auto_renewed: Mapped[bool | None]
    shared_with_cbp_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interviews: Mapped[list["Interview"]] = relationship(order_by="Interview.number", lazy="raise")


class Interview(Base):
    """An interview of an application; `centre` is an airport's IATA code or a `centre_id` of the centre table."""

    __tablename__ = "interviews"

    applicant_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agency: Mapped[Agency] = mapped_column(String(8))
    state: Mapped[InterviewState] = mapped_column(String(16))
    centre: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        ForeignKeyConstraint(
            ["applicant_id", "application"], ["applications.applicant_id", "applications.number"], ondelete="CASCADE"
        ),
    )


class Trip(Base):
    """A journey; it has at least one segment."""

    __tablename__ = "trips"

    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    segments: Mapped[list["Segment"]] = relationship(order_by="Segment.number", lazy="raise")


class Segment(Base):
    """One leg of a trip, in travel order; `origin` and `destination` are IATA codes where it goes by air."""

    __tablename__ = "segments"

    applicant_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    trip: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(String(80))
    destination: Mapped[str] = mapped_column(String(80))
    departs_at: Mapped[datetime] = mapped_column(UtcDateTime)
    flight: Mapped[str | None] = mapped_column(String(16))
    mode: Mapped[Mode] = mapped_column(String(16))

    __table_args__ = (
        ForeignKeyConstraint(["applicant_id", "trip"], ["trips.applicant_id", "trips.number"], ondelete="CASCADE"),
    )


class Correction(Base):
    """What staff know of a file beyond the register; an import neither changes nor removes it.

    `facts` says what is corrected (`bot.applicants.correction_facts`). It counts until it is withdrawn, and stays.
    """

    __tablename__ = "corrections"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CorrectionKind] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[str] = mapped_column(String(64))
    made_by_name: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[str | None] = mapped_column(String(64))
    withdrawn_by_name: Mapped[str | None] = mapped_column(String(200))


class IdentityProof(Base):
    """What proves an applicant: the keyed digest of a number and the birth date together (`bot.applicants.digests`)."""

    __tablename__ = "identity_proofs"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)


class IdentityLink(Base):
    """The one link of a conversation to the identity form; a new one takes the older's row. Only a hash is kept."""

    __tablename__ = "identity_links"

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used: Mapped[bool]


class Identity(Base):
    """Who a conversation has proved to be."""

    __tablename__ = "identities"

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    proved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IdentityFailure(Base):
    """Failed proofs of one conversation, or of one number wherever it is typed (`subject` is a digest either way)."""

    __tablename__ = "identity_failures"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
