"""The dialogue's state: Rasa's events in a bounded window."""

import sqlalchemy as sa
from alembic import op

revision = "0003_tracker"
down_revision = "0002_conversations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tracker_windows",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("slots", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_tracker_windows"),
    )
    op.create_table(
        "tracker_events",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("event", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "position", name="pk_tracker_events"),
    )


def downgrade() -> None:
    op.drop_table("tracker_events")
    op.drop_table("tracker_windows")
