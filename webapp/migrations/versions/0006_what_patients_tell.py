"""What patients tell: answers about a day or a session, corrected counts; what to mind with a patient; short sessions.

Revision: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("patient_report", "session_correction")


def upgrade() -> None:
    """Two tables that are only inserted, and two columns."""
    _patient_report()
    _session_correction()
    for table in APPEND_ONLY:
        _refuse_changes(table)
    op.add_column("person", sa.Column("cautions", sa.JSON(), nullable=True))
    op.add_column(
        "patient_session",
        sa.Column("short", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """As it was."""
    with op.batch_alter_table("patient_session") as batch:
        batch.drop_column("short")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("cautions")
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)


def _refuse_changes(table: str) -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def _patient_report() -> None:
    name = "patient_report"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('before', 'after', 'morning', 'sure', 'skip', 'goal')",
            name="ck_patient_report_kind",
        ),
        _reference(name, "clinic_id", "clinic"),
        _reference(name, "patient_id", "person"),
        _reference(name, "account_id", "account"),
        _reference(name, "session_id", "patient_session"),
        sa.PrimaryKeyConstraint("id", name="pk_patient_report"),
    )
    for column in ("clinic_id", "patient_id", "account_id", "session_id"):
        op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_index("ix_patient_report_day", name, ["patient_id", "kind", "local_date"])
    op.create_index("ix_patient_report_clinic_day", name, ["clinic_id", "local_date"])


def _session_correction() -> None:
    name = "session_correction"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _reference(name, "clinic_id", "clinic"),
        _reference(name, "patient_id", "person"),
        _reference(name, "session_id", "patient_session"),
        _reference(name, "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_session_correction"),
    )
    for column in ("clinic_id", "patient_id", "session_id", "account_id"):
        op.create_index(f"ix_{name}_{column}", name, [column])
