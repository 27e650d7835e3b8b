"""Getting in without a password: accounts without e-mail, codes, devices, passkeys, and who helped in a session.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """E-mail and password become optional; invitations get a code and a lock; three new tables."""
    with op.batch_alter_table("account") as account:
        account.alter_column("email", existing_type=sa.String(length=255), nullable=True)
        account.alter_column("password", existing_type=sa.String(length=255), nullable=True)
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("code_hash", sa.String(length=64), nullable=True))
        invitation.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))
        invitation.add_column(
            sa.Column("wrong_tries", sa.Integer(), nullable=False, server_default="0")
        )
        invitation.add_column(sa.Column("locked_until", sa.DateTime(), nullable=True))
        invitation.create_index("ix_invitation_code_hash", ["code_hash"])
    op.add_column(
        "caregiver_grant",
        sa.Column("relation", sa.String(length=20), nullable=False, server_default="other"),
    )
    _device_login()
    _passkey()
    _session_helper()


def downgrade() -> None:
    """Back, as long as every account has an e-mail and a password."""
    for table in ("session_helper", "passkey", "device_login"):
        op.drop_table(table)
    op.drop_column("caregiver_grant", "relation")
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_index("ix_invitation_code_hash")
        for column in ("locked_until", "wrong_tries", "ended_at", "code_hash"):
            invitation.drop_column(column)
    with op.batch_alter_table("account") as account:
        account.alter_column("email", existing_type=sa.String(length=255), nullable=False)
        account.alter_column("password", existing_type=sa.String(length=255), nullable=False)


def _device_login() -> None:
    op.create_table(
        "device_login",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_device_login_account_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_device_login"),
        sa.UniqueConstraint("token_hash", name="uq_device_login_token_hash"),
    )
    op.create_index("ix_device_login_account_id", "device_login", ["account_id"])


def _passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("credential_id", sa.String(length=1364), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_passkey_account_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])


def _session_helper() -> None:
    op.create_table(
        "session_helper",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["patient_session.id"],
            name="fk_session_helper_session_id_patient_session",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_session_helper_account_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_session_helper_clinic_id_clinic"
        ),
        sa.PrimaryKeyConstraint("session_id", "account_id", name="pk_session_helper"),
    )
    op.create_index("ix_session_helper_clinic_id", "session_helper", ["clinic_id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER session_helper_no_{change.lower()} BEFORE {change} ON session_helper "
            "BEGIN SELECT RAISE(ABORT, 'session_helper is append-only'); END"
        )
