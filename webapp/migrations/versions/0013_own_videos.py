"""Therapists' own films of exercises.

Revision: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "own_video"


def upgrade() -> None:
    """One table."""
    op.create_table(
        NAME,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("exercise_id", sa.String(length=60), nullable=False),
        sa.Column("prescription_id", sa.String(length=36), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_own_video_clinic_id_clinic"),
        sa.ForeignKeyConstraint(
            ["prescription_id"],
            ["prescription.id"],
            name="fk_own_video_prescription_id_prescription",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_own_video_author_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_video"),
    )
    for column in ("clinic_id", "prescription_id", "author_id"):
        op.create_index(f"ix_{NAME}_{column}", NAME, [column])
    op.create_index("ix_own_video_exercise", NAME, ["clinic_id", "exercise_id"])


def downgrade() -> None:
    """As it was."""
    op.drop_table(NAME)
