"""flask-security's view of our accounts: a user without a database session, and where to find one."""

from __future__ import annotations

from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore

from webapp.store import people
from webapp.store.engine import Database
from webapp.store.tables import Account


class User(UserMixin):
    """An account as flask-security wants it. What it may do is said by its membership, not by roles here."""

    fs_uniquifier: str = ""

    def __init__(self, account: Account) -> None:
        self.account_id = account.id
        self.email = account.email or ""  # nobody is found by an empty one: no account has it
        self.password = account.password
        self.active = account.active
        self.fs_uniquifier = account.fs_uniquifier
        self.roles: list[RoleMixin] = []


class AccountDatastore(UserDatastore):
    """Finds accounts through the store. Demo accounts, whose passwords are public, exist in demo mode only."""

    def __init__(self, database: Database, *, demo: bool) -> None:
        super().__init__(User, RoleMixin)
        self._database = database
        self._demo = demo

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """The user with this `email`, this `fs_uniquifier` or this account `id`."""
        with self._database.reading() as session:
            account = people.find_account(
                session,
                email=kwargs.get("email"),
                uniquifier=kwargs.get("fs_uniquifier"),
                account_id=kwargs.get("id"),
            )
            if account is None or (not self._demo and people.only_in_demo(session, account.id)):
                return None
            return User(account)

    def put(self, model: User) -> User:
        """Keep a password that was hashed anew, or a session key that was changed."""
        with self._database.writing() as session:
            people.renew_secrets(session, model.account_id, model.password, model.fs_uniquifier)
        return model

    def commit(self) -> None:
        """Nothing to do: `put` has committed."""
