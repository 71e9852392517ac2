"""What staff were told of travellers who wait."""

import sqlalchemy as sa
from alembic import op

from bot.db.base import UtcDateTime

revision = "0012_alerts"
down_revision = "0011_outbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("handoff_id", sa.String(36), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("handoff_id", "way", name="pk_alerts"),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name="fk_alerts_handoff_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("alerts")
