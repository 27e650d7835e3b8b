"""Long work as jobs with leases; sessions that come from an uploaded video.

Revision: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = ("camera", "clip", "manual")
#: As the first migration named it.
SOURCE = "ck_patient_session_ck_patient_session_source"


def upgrade() -> None:
    """One table, and one more source of a session."""
    _job()
    _sources((*BEFORE, "upload"))


def downgrade() -> None:
    """As it was; sessions from videos become sessions from the camera, because what was done stays done."""
    op.execute("UPDATE patient_session SET source = 'camera' WHERE source = 'upload'")
    _sources(BEFORE)
    op.drop_table("job")


def _sources(known: tuple[str, ...]) -> None:
    """SQLite cannot change a constraint: the table is made anew with the other one."""
    listed = ", ".join(f"'{one}'" for one in known)
    with op.batch_alter_table("patient_session") as batch:
        batch.drop_constraint(op.f(SOURCE), type_="check")
        batch.create_check_constraint(op.f(SOURCE), f"source IN ({listed})")


def _job() -> None:
    name = "job"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'running', 'done', 'failed', 'cancelled')",
            name="status",
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{name}_{column}_{to}")
            for column, to in (
                ("clinic_id", "clinic"),
                ("patient_id", "person"),
                ("created_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    for column in ("clinic_id", "patient_id", "created_by"):
        op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_index("ix_job_due", name, ["status", "created_at"])
