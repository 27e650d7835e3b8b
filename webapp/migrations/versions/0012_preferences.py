"""How a patient wants the app to look and work: large type, less motion, voice only, no camera.

Revision: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; nobody has chosen anything yet."""
    op.add_column("person", sa.Column("preferences", sa.JSON(), nullable=True))


def downgrade() -> None:
    """As it was."""
    with op.batch_alter_table("person") as batch:
        batch.drop_column("preferences")
