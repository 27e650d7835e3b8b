"""How an exercise is done, and what a patient's body is without.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both may be unknown: whatever was prescribed before stays what it was."""
    op.add_column("prescription_version", sa.Column("variant", sa.String(length=20), nullable=True))
    op.add_column("person", sa.Column("absent", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Without them every exercise is done as its file has it, by a whole body."""
    op.drop_column("person", "absent")
    op.drop_column("prescription_version", "variant")
