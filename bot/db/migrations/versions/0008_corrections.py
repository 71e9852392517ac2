"""Corrections of files by staff."""

import sqlalchemy as sa
from alembic import op

from bot.db.base import UtcDateTime

revision = "0008_corrections"
down_revision = "0007_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("applicant_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("made_by_id", sa.String(64), nullable=False),
        sa.Column("made_by_name", sa.String(200), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime),
        sa.Column("withdrawn_by_id", sa.String(64)),
        sa.Column("withdrawn_by_name", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_corrections_applicant_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_corrections_applicant_id", "corrections", ["applicant_id"])


def downgrade() -> None:
    op.drop_table("corrections")
