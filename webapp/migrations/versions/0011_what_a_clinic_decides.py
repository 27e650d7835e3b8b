"""What a clinic decides for itself: its pain rule, and how many missed days are too many; an index for totals.

Revision: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SUMMED = ("clinic_id", "patient_id", "reps", "correct", "incomplete", "faulty", "duration_s")


def upgrade() -> None:
    """One column, empty as long as a clinic keeps to what is usual, and what the log's totals are read from."""
    op.add_column("clinic", sa.Column("settings", sa.JSON(), nullable=True))
    op.create_index("ix_patient_session_totals", "patient_session", list(SUMMED))


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_patient_session_totals", "patient_session")
    with op.batch_alter_table("clinic") as batch:
        batch.drop_column("settings")
