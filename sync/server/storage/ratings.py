"""Ratings and the one-time tokens that invite to them; the token itself is on the citizen's paper only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from app.domain.record import plain
from sync.server.storage.if_absent import IfAbsent
from sync.server.storage.page_tables import rating


@dataclass(frozen=True, slots=True)
class Invitation:
    """One service that may be rated once; ``grade`` is None until somebody did (``app.domain.rating.Grade``)."""

    hall: str
    token_hash: str
    case_id: str
    clerk: str
    window: str
    department: str
    expires_ms: int
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A grade that a window carries for a service of its hall; ``at_ms`` in UTC milliseconds."""

    hall: str
    token_hash: str
    grade: int
    at_ms: int


_INVITE = IfAbsent(rating)
_COLUMNS = tuple(rating.c[name] for name in Invitation.__slots__)
_BY_TOKEN = select(*_COLUMNS).where(rating.c.token_hash == bindparam("of_token"))
_GIVE = (
    update(rating)
    .where(
        rating.c.token_hash == bindparam("of_token"),
        rating.c.grade.is_(None),
        rating.c.expires_ms > bindparam("now_ms"),
    )
    .values(grade=bindparam("new_grade"), sealed_comment=bindparam("new_comment"), rated_ms=bindparam("now_ms"))
)
_GIVE_HERE = _GIVE.where(rating.c.hall == bindparam("of_hall"))


def invite(connection: Connection, *new: Invitation) -> None:
    """Keep invitations; one that is there already stays as it is."""
    _INVITE.add_all(connection, [plain(each) for each in new])


def by_token(connection: Connection, token_hash: str) -> Invitation | None:
    """Return the invitation behind a token."""
    row = connection.execute(_BY_TOKEN, {"of_token": token_hash}).first()
    return Invitation(*row) if row else None


def give(connection: Connection, token_hash: str, grade: int, sealed_comment: bytes | None, now_ms: int) -> bool:
    """Record the grade; False when it was given before or the time is over."""
    values = {"of_token": token_hash, "new_grade": grade, "new_comment": sealed_comment, "now_ms": now_ms}
    return bool(connection.execute(_GIVE, values).rowcount)


def give_all(connection: Connection, given: Sequence[Given]) -> bool:
    """Record the grades; False when one was given before, its time is over, or nobody of the hall invited to it."""
    if not given:
        return True
    rows = [
        {
            "of_hall": each.hall,
            "of_token": each.token_hash,
            "new_grade": each.grade,
            "new_comment": None,
            "now_ms": each.at_ms,
        }
        for each in given
    ]
    return connection.execute(_GIVE_HERE, rows).rowcount == len(rows)


def grades_since(connection: Connection, hall: str, since_ms: int) -> list[int]:
    """Return the grades given since then, in no order that tells by whom."""
    given = select(rating.c.grade).where(
        rating.c.hall == hall, rating.c.grade.is_not(None), rating.c.rated_ms >= since_ms
    )
    return list(connection.execute(given.order_by(rating.c.grade)).scalars())
