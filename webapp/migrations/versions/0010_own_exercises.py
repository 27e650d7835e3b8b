"""Exercises that a clinic recorded itself, and their versions.

Revision: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables, the second of which is only inserted."""
    _own_exercise()
    _own_exercise_version()
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER own_exercise_version_no_{change.lower()} BEFORE {change} ON own_exercise_version "
            "BEGIN SELECT RAISE(ABORT, 'own_exercise_version is append-only'); END"
        )


def downgrade() -> None:
    """As it was."""
    op.drop_table("own_exercise_version")
    op.drop_table("own_exercise")


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def _own_exercise() -> None:
    name = "own_exercise"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=True),
        sa.Column("like_id", sa.String(length=60), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("recording", sa.LargeBinary(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'ready', 'away')", name="ck_own_exercise_state"),
        _reference(name, "clinic_id", "clinic"),
        _reference(name, "author_id", "person"),
        _reference(name, "patient_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_own_exercise"),
        sa.UniqueConstraint("key", name="uq_own_exercise_key"),
    )
    for column in ("clinic_id", "author_id", "patient_id"):
        op.create_index(f"ix_{name}_{column}", name, [column])


def _own_exercise_version() -> None:
    name = "own_exercise_version"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("exercise_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _reference(name, "clinic_id", "clinic"),
        _reference(name, "exercise_id", "own_exercise"),
        _reference(name, "author_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_own_exercise_version"),
        sa.UniqueConstraint(
            "exercise_id", "number", name="uq_own_exercise_version_exercise_id_number"
        ),
    )
    for column in ("clinic_id", "exercise_id", "author_id"):
        op.create_index(f"ix_{name}_{column}", name, [column])
