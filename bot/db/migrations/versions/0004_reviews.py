"""Which messages staff have reviewed, and what they were taught as."""

import sqlalchemy as sa
from alembic import op

from bot.db.base import UtcDateTime

revision = "0004_reviews"
down_revision = "0003_tracker"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_reviews",
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("intent", sa.String(60)),
        sa.Column("reviewed_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_message_reviews"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_message_reviews_message_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("message_reviews")
