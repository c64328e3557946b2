"""Answers given under an idempotency key, stored in the transaction that made them true."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, bindparam, delete, insert, select

from sync.server.storage.padded import padded
from sync.server.storage.tables import answer


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """A key means something only for the caller who made it."""

    hall: str
    caller: str
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``request_hash`` tells a retry from another request under the same key."""

    request_hash: str
    sealed: bytes


_GET = select(answer.c.request_hash, answer.c.sealed).where(
    *(answer.c[field.name] == bindparam(field.name) for field in fields(AnswerKey))
)
_GET_ALL = select(answer.c.caller, answer.c.key, answer.c.request_hash, answer.c.sealed).where(
    answer.c.hall == bindparam("of_hall"),
    answer.c.caller.in_(bindparam("callers", expanding=True)),
    answer.c.key.in_(bindparam("keys", expanding=True)),
)
_ADD = insert(answer)


def get(connection: Connection, key: AnswerKey) -> Answer | None:
    """Return the answer this caller got under the key."""
    row = connection.execute(_GET, asdict(key)).first()
    return Answer(*row) if row else None


def get_all(connection: Connection, hall: str, keys: Collection[AnswerKey]) -> dict[AnswerKey, Answer]:
    """Return what was answered under these keys of one hall, without those under which nothing was."""
    if not keys:
        return {}
    values = {"callers": padded([each.caller for each in keys]), "keys": padded([each.key for each in keys])}
    rows = connection.execute(_GET_ALL, {"of_hall": hall, **values})
    return {AnswerKey(hall, caller, key): Answer(*kept) for caller, key, *kept in rows}


def add(connection: Connection, key: AnswerKey, given: Answer, now_ms: int) -> None:
    """Keep an answer; a second one under the key breaks the transaction."""
    connection.execute(_ADD, {**asdict(key), **asdict(given), "answered_ms": now_ms})


def add_all(connection: Connection, given: Mapping[AnswerKey, Answer], now_ms: int) -> None:
    """Keep several answers, as ``add``."""
    rows = [{**asdict(key), **asdict(each), "answered_ms": now_ms} for key, each in given.items()]
    if rows:
        connection.execute(_ADD, rows)


def forget(connection: Connection, before_ms: int) -> None:
    """Drop answers older than any retry."""
    connection.execute(delete(answer).where(answer.c.answered_ms < before_ms))
