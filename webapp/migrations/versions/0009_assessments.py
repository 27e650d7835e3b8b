"""Assessments: what was asked for, what was measured, its recording; a person's sex, for norms.

Revision: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RESULT = "assessment_result"
ID = sa.String(length=36)


def upgrade() -> None:
    """Three tables and a column."""
    _request()
    _result()
    _series()
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {RESULT}_no_{change.lower()} BEFORE {change} ON {RESULT} "
            f"BEGIN SELECT RAISE(ABORT, '{RESULT} is append-only'); END"
        )
    op.add_column("person", sa.Column("sex", sa.String(length=10), nullable=True))


def downgrade() -> None:
    """As it was."""
    with op.batch_alter_table("person") as batch:
        batch.drop_column("sex")
    for table in ("assessment_series", RESULT, "assessment_request"):
        op.drop_table(table)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _request() -> None:
    name = "assessment_request"
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=True),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        _one_of(name, "kind", "motion", "test"),
        _one_of(name, "side", "left", "right"),
        _reference(name, "clinic_id", "clinic"),
        _reference(name, "patient_id", "person"),
        _reference(name, "author_id", "account"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    _index(name, "clinic_id", "patient_id", "author_id")


def _result() -> None:
    op.create_table(
        RESULT,
        sa.Column("id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=True),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("error", sa.Double(), nullable=True),
        sa.Column("attempts", sa.JSON(), nullable=False),
        sa.Column("norm", sa.Double(), nullable=True),
        sa.Column("norm_of", sa.String(length=20), nullable=True),
        sa.Column("compared", sa.String(length=10), nullable=False),
        sa.Column("at_risk", sa.Boolean(), nullable=True),
        sa.Column("change", sa.Double(), nullable=True),
        sa.Column("real", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _one_of(RESULT, "kind", "motion", "test"),
        _one_of(RESULT, "side", "left", "right"),
        _one_of(RESULT, "source", "camera", "manual"),
        _reference(RESULT, "clinic_id", "clinic"),
        _reference(RESULT, "patient_id", "person"),
        _reference(RESULT, "request_id", "assessment_request"),
        _reference(RESULT, "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{RESULT}"),
        sa.UniqueConstraint("run_id", name=f"uq_{RESULT}_run_id"),
    )
    _index(RESULT, "clinic_id", "patient_id", "request_id", "account_id")
    op.create_index(f"ix_{RESULT}_series", RESULT, ["patient_id", "name", "side"])


def _series() -> None:
    name = "assessment_series"
    op.create_table(
        name,
        sa.Column("result_id", ID, nullable=False),
        sa.Column("clinic_id", ID, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _reference(name, "result_id", RESULT),
        _reference(name, "clinic_id", "clinic"),
        sa.PrimaryKeyConstraint("result_id", name=f"pk_{name}"),
    )
    _index(name, "clinic_id")
