"""The applicants' register and the proof of identity."""

import sqlalchemy as sa
from alembic import op

revision = "0001_applicants"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "applicants",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("residence", sa.String(120)),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("invented", sa.Boolean, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applicants"),
    )
    op.create_index("ix_applicants_invented", "applicants", ["invented"])
    op.create_table(
        "applications",
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(16)),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("submitted_on", sa.Date),
        sa.Column("membership_expires_on", sa.Date),
        sa.Column("auto_renewed", sa.Boolean),
        sa.Column("shared_with_cbp_at", INSTANT),
        sa.PrimaryKeyConstraint("applicant_id", "number", name="pk_applications"),
        _of_applicant("applications"),
    )
    op.create_table(
        "interviews",
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.Column("application", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("agency", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("centre", sa.String(40)),
        sa.Column("at", INSTANT),
        sa.PrimaryKeyConstraint("applicant_id", "application", "number", name="pk_interviews"),
        sa.ForeignKeyConstraint(
            ["applicant_id", "application"],
            ["applications.applicant_id", "applications.number"],
            name="fk_interviews_applicant_id_application",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "trips",
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("applicant_id", "number", name="pk_trips"),
        _of_applicant("trips"),
    )
    op.create_table(
        "segments",
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.Column("trip", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.Column("destination", sa.String(80), nullable=False),
        sa.Column("departs_at", INSTANT, nullable=False),
        sa.Column("flight", sa.String(16)),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("applicant_id", "trip", "number", name="pk_segments"),
        sa.ForeignKeyConstraint(
            ["applicant_id", "trip"],
            ["trips.applicant_id", "trips.number"],
            name="fk_segments_applicant_id_trip",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "identity_proofs",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_identity_proofs"),
        _of_applicant("identity_proofs"),
    )
    op.create_index("ix_identity_proofs_applicant_id", "identity_proofs", ["applicant_id"])
    op.create_table(
        "identity_links",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_identity_links"),
        sa.UniqueConstraint("token_hash", name="uq_identity_links_token_hash"),
    )
    op.create_table(
        "identities",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.Column("proved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_identities"),
        _of_applicant("identities"),
    )
    op.create_index("ix_identities_applicant_id", "identities", ["applicant_id"])
    op.create_table(
        "identity_failures",
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("locked_until", INSTANT),
        sa.PrimaryKeyConstraint("subject", name="pk_identity_failures"),
    )
    op.create_index("ix_identity_failures_last_at", "identity_failures", ["last_at"])


def _of_applicant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["applicant_id"], ["applicants.id"], name=f"fk_{table}_applicant_id", ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in (
        "identity_failures",
        "identities",
        "identity_links",
        "identity_proofs",
        "segments",
        "trips",
        "interviews",
        "applications",
        "applicants",
    ):
        op.drop_table(table)
