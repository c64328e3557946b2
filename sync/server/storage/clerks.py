"""Clerks with their password verifiers, and the sessions they opened."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from sync.server.storage.tables import clerk, session


@dataclass(frozen=True, slots=True)
class Profile:
    """Who a clerk is and what they may do; ``roles`` are ``Role`` values, ``items`` may be ``*``."""

    clerk: str
    name: str
    department: str
    roles: tuple[str, ...]
    windows: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The Argon2id verifier with its lock-out state; the verifier is None until a password is set."""

    verifier: str | None
    failures: int
    locked_until_ms: int


_PROFILE = select(
    clerk.c.clerk, clerk.c.name, clerk.c.department, clerk.c.roles, clerk.c.windows, clerk.c.item_ids
).where(clerk.c.hall == bindparam("of_hall"))
_GET = _PROFILE.where(clerk.c.clerk == bindparam("of_clerk"))
_SEVERAL = _PROFILE.where(clerk.c.clerk.in_(bindparam("of_clerks", expanding=True)))


def put(connection: Connection, hall: str, profile: Profile) -> None:
    """Insert a clerk or replace the profile; a password set before stays."""
    values = {
        "name": profile.name,
        "department": profile.department,
        "roles": json.dumps(profile.roles),
        "windows": json.dumps(profile.windows),
        "item_ids": json.dumps(profile.items),
    }
    changed = connection.execute(
        update(clerk).where(clerk.c.hall == hall, clerk.c.clerk == profile.clerk).values(**values)
    )
    if not changed.rowcount:
        connection.execute(
            insert(clerk).values(hall=hall, clerk=profile.clerk, failures=0, locked_until_ms=0, **values)
        )


def set_verifier(connection: Connection, hall: str, number: str, verifier: str) -> None:
    """Set the password."""
    connection.execute(
        update(clerk)
        .where(clerk.c.hall == hall, clerk.c.clerk == number)
        .values(verifier=verifier, failures=0, locked_until_ms=0)
    )


def withdraw(connection: Connection, hall: str, numbers: Collection[str]) -> None:
    """End their sessions and their passwords; who comes back is given a new one."""
    theirs = (clerk.c.hall == hall, clerk.c.clerk.in_(sorted(numbers)))
    connection.execute(update(clerk).where(*theirs).values(verifier=None))
    connection.execute(delete(session).where(session.c.hall == hall, session.c.clerk.in_(sorted(numbers))))


def get(connection: Connection, hall: str, number: str) -> Profile | None:
    """Return one clerk."""
    row = connection.execute(_GET, {"of_hall": hall, "of_clerk": number}).first()
    return _profile(row) if row else None


def several(connection: Connection, hall: str, numbers: Collection[str]) -> dict[str, Profile]:
    """Return those of the clerks that there are, by number."""
    rows = connection.execute(_SEVERAL, {"of_hall": hall, "of_clerks": sorted(numbers)})
    return {row.clerk: _profile(row) for row in rows}


def credentials(connection: Connection, hall: str, number: str) -> Credentials | None:
    """Return what a sign-in is checked against."""
    row = connection.execute(
        select(clerk.c.verifier, clerk.c.failures, clerk.c.locked_until_ms).where(
            clerk.c.hall == hall, clerk.c.clerk == number
        )
    ).first()
    return Credentials(*row) if row else None


def count_failure(connection: Connection, hall: str, number: str) -> int:
    """Count a wrong password; returns how many there were in a row."""
    return (
        connection.execute(
            update(clerk)
            .where(clerk.c.hall == hall, clerk.c.clerk == number)
            .values(failures=clerk.c.failures + 1)
            .returning(clerk.c.failures)
        ).scalar()
        or 0
    )


def set_lock(connection: Connection, hall: str, number: str, until_ms: int) -> None:
    """Start counting anew, refusing every sign-in until then."""
    connection.execute(
        update(clerk).where(clerk.c.hall == hall, clerk.c.clerk == number).values(failures=0, locked_until_ms=until_ms)
    )


def add_session(
    connection: Connection, hall: str, token_hash: str, *, number: str, device: str | None, expires_ms: int
) -> None:
    """Keep an opened session."""
    connection.execute(
        insert(session).values(hall=hall, token_hash=token_hash, clerk=number, device=device, expires_ms=expires_ms)
    )


def session_of(connection: Connection, token_hash: str, now_ms: int) -> tuple[str, str] | None:
    """Return hall and clerk of a session that has not expired."""
    row = connection.execute(
        select(session.c.hall, session.c.clerk).where(session.c.token_hash == token_hash, session.c.expires_ms > now_ms)
    ).first()
    return (row.hall, row.clerk) if row else None


def forget_sessions(connection: Connection, now_ms: int) -> None:
    """Drop expired sessions."""
    connection.execute(delete(session).where(session.c.expires_ms <= now_ms))


def _profile(row: Any) -> Profile:
    lists = (tuple(json.loads(text)) for text in (row.roles, row.windows, row.item_ids))
    return Profile(row.clerk, row.name, row.department, *lists)
