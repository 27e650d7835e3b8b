"""What a clinic decides for itself: its pain rule, and how many missed days are too many.

Revision: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, empty as long as a clinic keeps to what is usual."""
    op.add_column("clinic", sa.Column("settings", sa.JSON(), nullable=True))


def downgrade() -> None:
    """As it was."""
    with op.batch_alter_table("clinic") as batch:
        batch.drop_column("settings")
