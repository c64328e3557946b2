"""Answers given under an idempotency key, stored in the transaction that made them true."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, bindparam, delete, insert, select

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
_ADD = insert(answer)


def get(connection: Connection, key: AnswerKey) -> Answer | None:
    """Return the answer this caller got under the key."""
    row = connection.execute(_GET, asdict(key)).first()
    return Answer(*row) if row else None


def add(connection: Connection, key: AnswerKey, given: Answer, now_ms: int) -> None:
    """Keep an answer; a second one under the key breaks the transaction."""
    connection.execute(_ADD, {**asdict(key), **asdict(given), "answered_ms": now_ms})


def forget(connection: Connection, before_ms: int) -> None:
    """Drop answers older than any retry."""
    connection.execute(delete(answer).where(answer.c.answered_ms < before_ms))
