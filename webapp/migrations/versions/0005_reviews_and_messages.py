"""Therapists review the coach's verdicts, and write with patients.

Revision: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("verdict_review", "message", "message_read")


def upgrade() -> None:
    """Three tables that only grow, and a place for the coach's own totals."""
    op.add_column("patient_session", sa.Column("coach_totals", sa.JSON(), nullable=True))
    _verdict_review()
    _message()
    _message_read()
    for table in APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    """Back to the coach's word alone."""
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
    with op.batch_alter_table("patient_session") as batch:
        batch.drop_column("coach_totals")


def _refuse_changes(table: str) -> None:
    """Triggers that abort an UPDATE or DELETE of a row, whoever tries."""
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _verdict_review() -> None:
    name = "verdict_review"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("t_s", sa.Double(), nullable=False),
        sa.Column("coach_verdict", sa.String(length=20), nullable=False),
        sa.Column("coach_faults", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('correct', 'incomplete', 'faulty', 'none')",
            name="ck_verdict_review_verdict",
        ),
        _points_at(name, "clinic_id", "clinic"),
        _points_at(name, "session_id", "patient_session"),
        _points_at(name, "author_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict_review"),
    )
    op.create_index("ix_verdict_review_author_id", name, ["author_id"])
    op.create_index("ix_verdict_review_clinic_id", name, ["clinic_id"])
    op.create_index("ix_verdict_review_session", name, ["session_id", "ordinal"])


def _message() -> None:
    name = "message"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("prescription_id", sa.String(length=36), nullable=True),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("rep_index", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _points_at(name, "clinic_id", "clinic"),
        _points_at(name, "patient_id", "person"),
        _points_at(name, "author_id", "account"),
        _points_at(name, "prescription_id", "prescription"),
        _points_at(name, "session_id", "patient_session"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    for column in ("author_id", "clinic_id", "patient_id", "session_id"):
        op.create_index(f"ix_message_{column}", name, [column])
    op.create_index("ix_message_thread", name, ["patient_id", "id"])


def _message_read() -> None:
    name = "message_read"
    op.create_table(
        name,
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _points_at(name, "message_id", "message"),
        _points_at(name, "account_id", "account"),
        _points_at(name, "clinic_id", "clinic"),
        sa.PrimaryKeyConstraint("message_id", "account_id", name="pk_message_read"),
    )
    op.create_index("ix_message_read_clinic_id", name, ["clinic_id"])
