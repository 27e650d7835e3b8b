"""The first tables: people, care, programs, sessions; and the triggers that keep history from being rewritten.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit", "consent", "prescription_version", "session_event")


def upgrade() -> None:
    """Make every table in the order of their references, then the triggers."""
    _account()
    _clinic()
    _membership()
    _person()
    _audit()
    _care()
    _caregiver_grant()
    _consent()
    _invitation()
    _prescription()
    _prescription_version()
    _patient_session()
    _live_state()
    _series_chunk()
    _session_event()
    _session_series()
    for table in APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    """Back to an empty database."""
    for table in (
        "session_series",
        "session_event",
        "series_chunk",
        "live_state",
        "patient_session",
        "prescription_version",
        "prescription",
        "invitation",
        "consent",
        "caregiver_grant",
        "care",
        "audit",
        "person",
        "membership",
        "clinic",
        "account",
    ):
        op.drop_table(table)


def _refuse_changes(table: str) -> None:
    """Triggers that abort an UPDATE or DELETE of a row, whoever tries."""
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_account_fs_uniquifier"),
    )


def _clinic() -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinic"),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('patient', 'therapist', 'clinic')", name="ck_membership_role"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_membership_account_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_membership_clinic_id_clinic"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint(
            "account_id", "clinic_id", "role", name="uq_membership_account_id_clinic_id_role"
        ),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"])
    op.create_index("ix_membership_clinic_id", "membership", ["clinic_id"])


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_person_account_id_account"
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_person_clinic_id_clinic"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("account_id", "clinic_id", name="uq_person_account_id_clinic_id"),
    )
    op.create_index("ix_person_clinic_id", "person", ["clinic_id"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_audit_actor_id_account"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_audit_clinic_id_clinic"),
        sa.ForeignKeyConstraint(["subject_id"], ["person.id"], name="fk_audit_subject_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_clinic_id", "audit", ["clinic_id"])
    op.create_index("ix_audit_subject_id", "audit", ["subject_id"])


def _care() -> None:
    op.create_table(
        "care",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("therapist_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_care_clinic_id_clinic"),
        sa.ForeignKeyConstraint(["patient_id"], ["person.id"], name="fk_care_patient_id_person"),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["person.id"], name="fk_care_therapist_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_care"),
    )
    op.create_index("ix_care_clinic_id", "care", ["clinic_id"])
    op.create_index("ix_care_pair", "care", ["therapist_id", "patient_id"])
    op.create_index("ix_care_patient_id", "care", ["patient_id"])
    op.create_index("ix_care_therapist_id", "care", ["therapist_id"])


def _caregiver_grant() -> None:
    op.create_table(
        "caregiver_grant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_caregiver_grant_account_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_caregiver_grant_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["person.id"], name="fk_caregiver_grant_patient_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_caregiver_grant"),
    )
    op.create_index("ix_caregiver_grant_account_id", "caregiver_grant", ["account_id"])
    op.create_index("ix_caregiver_grant_clinic_id", "caregiver_grant", ["clinic_id"])
    op.create_index("ix_caregiver_grant_patient_id", "caregiver_grant", ["patient_id"])


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_consent_account_id_account"
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_consent_clinic_id_clinic"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_consent_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_account_id", "consent", ["account_id"])
    op.create_index("ix_consent_clinic_id", "consent", ["clinic_id"])
    op.create_index("ix_consent_person_id", "consent", ["person_id"])


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_invitation_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name="fk_invitation_created_by_account"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_invitation_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_index("ix_invitation_clinic_id", "invitation", ["clinic_id"])
    op.create_index("ix_invitation_created_by", "invitation", ["created_by"])


def _prescription() -> None:
    op.create_table(
        "prescription",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("exercise_id", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_prescription_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["person.id"], name="fk_prescription_patient_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_prescription"),
    )
    op.create_index("ix_prescription_clinic_id", "prescription", ["clinic_id"])
    op.create_index("ix_prescription_patient_id", "prescription", ["patient_id"])


def _prescription_version() -> None:
    op.create_table(
        "prescription_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("prescription_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("dose", sa.JSON(), nullable=True),
        sa.Column("tempo", sa.JSON(), nullable=True),
        sa.Column("sides", sa.String(length=20), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_prescription_version_author_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_prescription_version_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["prescription_id"],
            ["prescription.id"],
            name="fk_prescription_version_prescription_id_prescription",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_prescription_version"),
        sa.UniqueConstraint(
            "prescription_id", "number", name="uq_prescription_version_prescription_id_number"
        ),
    )
    op.create_index("ix_prescription_version_author_id", "prescription_version", ["author_id"])
    op.create_index("ix_prescription_version_clinic_id", "prescription_version", ["clinic_id"])
    op.create_index(
        "ix_prescription_version_prescription_id", "prescription_version", ["prescription_id"]
    )


def _patient_session() -> None:
    op.create_table(
        "patient_session",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("exercise_id", sa.String(length=60), nullable=False),
        sa.Column("prescription_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("stop_reason", sa.String(length=20), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("keep_series", sa.Boolean(), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("incomplete", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("hold_s", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "source IN ('camera', 'clip', 'manual')", name="ck_patient_session_source"
        ),
        sa.CheckConstraint("status IN ('live', 'done', 'left')", name="ck_patient_session_status"),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_patient_session_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["person.id"], name="fk_patient_session_patient_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["prescription_id"],
            ["prescription.id"],
            name="fk_patient_session_prescription_id_prescription",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["prescription_version.id"],
            name="fk_patient_session_version_id_prescription_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_patient_session"),
    )
    op.create_index("ix_patient_session_clinic_id", "patient_session", ["clinic_id"])
    op.create_index("ix_patient_session_log", "patient_session", ["clinic_id", "started_at"])
    op.create_index("ix_patient_session_patient", "patient_session", ["patient_id", "started_at"])
    op.create_index("ix_patient_session_patient_id", "patient_session", ["patient_id"])
    op.create_index("ix_patient_session_prescription_id", "patient_session", ["prescription_id"])


def _live_state() -> None:
    op.create_table(
        "live_state",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_t_s", sa.Double(), nullable=False),
        sa.Column("last_ordinal", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(length=65536), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_live_state_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["patient_session.id"], name="fk_live_state_session_id_patient_session"
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_live_state"),
    )
    op.create_index("ix_live_state_clinic_id", "live_state", ["clinic_id"])


def _series_chunk() -> None:
    op.create_table(
        "series_chunk",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_series_chunk_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["patient_session.id"],
            name="fk_series_chunk_session_id_patient_session",
        ),
        sa.PrimaryKeyConstraint("session_id", "first_seq", name="pk_series_chunk"),
    )
    op.create_index("ix_series_chunk_clinic_id", "series_chunk", ["clinic_id"])


def _session_event() -> None:
    op.create_table(
        "session_event",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("t_s", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_session_event_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["patient_session.id"],
            name="fk_session_event_session_id_patient_session",
        ),
        sa.PrimaryKeyConstraint("session_id", "ordinal", name="pk_session_event"),
    )
    op.create_index("ix_session_event_clinic_id", "session_event", ["clinic_id"])


def _session_series() -> None:
    op.create_table(
        "session_series",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_session_series_clinic_id_clinic"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["patient_session.id"],
            name="fk_session_series_session_id_patient_session",
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_session_series"),
    )
    op.create_index("ix_session_series_clinic_id", "session_series", ["clinic_id"])
