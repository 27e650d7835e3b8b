"""Programs over time: load, schedule, phases and notes; templates, favourites, proposals, marks and reached ranges.

Revision: 0004
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("session_range", "attention_mark", "proposal", "favourite", "program_template")


def upgrade() -> None:
    """Four columns, five tables; the ranges of past sessions are read out of their events."""
    # added one by one: a batch would make the table anew, without the triggers that protect it
    for name, kind in (
        ("load", sa.JSON()), ("schedule", sa.JSON()), ("phases", sa.JSON()), ("note", sa.String(length=500)),
    ):  # fmt: skip
        op.add_column("prescription_version", sa.Column(name, kind, nullable=True))
    _template()
    _favourite()
    _proposal()
    _mark()
    _range()
    _fill_ranges()


def downgrade() -> None:
    """Back to what 0001 made."""
    for table in TABLES:
        op.drop_table(table)
    for name in ("note", "phases", "schedule", "load"):
        op.drop_column("prescription_version", name)


def _ids(table: str, *references: tuple[str, str]) -> list[sa.schema.SchemaItem]:
    """Columns of ids with what they refer to, under the names that the models give them."""
    columns = [sa.Column(name, sa.String(length=36), nullable=False) for name, _ in references]
    keys = [
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}_{other}")
        for name, other in references
    ]
    return [*columns, *keys]


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _own_id(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _template() -> None:
    name = "program_template"
    op.create_table(
        name,
        *_own_id(name),
        *_ids(name, ("clinic_id", "clinic"), ("owner_id", "person")),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
    )
    _indexes(name, "clinic_id", "owner_id")


def _favourite() -> None:
    name = "favourite"
    op.create_table(
        name,
        *_own_id(name),
        *_ids(name, ("clinic_id", "clinic"), ("person_id", "person")),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("person_id", "kind", "key", name="uq_favourite_person_id_kind_key"),
        sa.CheckConstraint("kind IN ('exercise', 'template')", name="ck_favourite_kind"),
    )
    _indexes(name, "clinic_id", "person_id")


def _proposal() -> None:
    name = "proposal"
    op.create_table(
        name,
        *_own_id(name),
        *_ids(
            name, ("clinic_id", "clinic"), ("patient_id", "person"), ("prescription_id", "prescription"),
            ("version_id", "prescription_version"),
        ),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("step", sa.JSON(), nullable=False),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name="fk_proposal_decided_by_account"),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'changed', 'declined', 'outdated')", name="ck_proposal_status"
        ),
    )  # fmt: skip
    _indexes(name, "clinic_id", "patient_id", "prescription_id")
    op.create_index("ix_proposal_open", name, ["clinic_id", "status", "patient_id"])


def _mark() -> None:
    name = "attention_mark"
    op.create_table(
        name,
        *_own_id(name),
        *_ids(name, ("clinic_id", "clinic"), ("therapist_id", "person"), ("patient_id", "person")),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("hides", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    _indexes(name, "clinic_id", "therapist_id", "patient_id")
    op.create_index("ix_attention_mark_of", name, ["therapist_id", "patient_id", "reason"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {name}_no_{change.lower()} BEFORE {change} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        )


def _range() -> None:
    name = "session_range"
    op.create_table(
        name,
        *_ids(
            name, ("session_id", "patient_session"), ("clinic_id", "clinic"), ("patient_id", "person"),
            ("prescription_id", "prescription"),
        ),
        sa.Column("angle", sa.String(length=60), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("low_deg", sa.Integer(), nullable=False),
        sa.Column("high_deg", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "angle", name=f"pk_{name}"),
    )  # fmt: skip
    op.create_index(
        "ix_session_range_recent", name,
        ["clinic_id", "local_date", "prescription_id", "angle", "low_deg", "high_deg"],
    )  # fmt: skip


def _fill_ranges() -> None:
    """What the events of past sessions say, session by session."""
    connection = op.get_bind()
    events = connection.exec_driver_sql(
        "SELECT e.session_id, s.clinic_id, s.patient_id, s.prescription_id, s.local_date, e.payload "
        "FROM session_event e JOIN patient_session s ON s.id = e.session_id WHERE e.kind = 'rep'"
    )
    found: dict[tuple[str, str], list[object]] = {}
    for *ids, day, payload in events:
        rep = (json.loads(payload) if isinstance(payload, str) else payload)["rep"]
        for angle, (low, high) in rep["rom_deg"].items():
            row = found.setdefault((ids[0], angle), [*ids, day, low, high])
            row[5:] = [min(row[5], low), max(row[6], high)]
    table = sa.table(
        "session_range",
        *(sa.column(name) for name in ("session_id", "clinic_id", "patient_id", "prescription_id", "local_date",
                                       "low_deg", "high_deg", "angle")),
    )  # fmt: skip
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, [*row, angle], strict=True)) for (_, angle), row in found.items()]
    if rows:
        op.bulk_insert(table, rows)
