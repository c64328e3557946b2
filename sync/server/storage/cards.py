"""Rows of cards (``app.domain.supervision.Card``): the same cause is kept once, for ever."""

from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain.supervision import Card, CardLevel, CardRule, ClosedAs, Recipient
from sync.server.storage.clock_tables import card

_CARD = select(*(card.c[field.name] for field in fields(Card)))


def hanging(connection: Connection, hall: str) -> list[Card]:
    """Return the cards nobody closed, oldest first."""
    wanted = _CARD.where(card.c.hall == hall, card.c.closed_ms.is_(None)).order_by(card.c.raised_ms, card.c.card_id)
    return [_read(row) for row in connection.execute(wanted)]


def since(connection: Connection, hall: str, since_ms: int, limit: int) -> list[Card]:
    """Return the cards that hang, and those closed since then, newest first."""
    recent = card.c.closed_ms.is_(None) | (card.c.closed_ms >= since_ms)
    wanted = _CARD.where(card.c.hall == hall, recent).order_by(card.c.raised_ms.desc(), card.c.card_id).limit(limit)
    return [_read(row) for row in connection.execute(wanted)]


def get(connection: Connection, hall: str, card_id: str) -> Card | None:
    """Return one card and lock its row."""
    wanted = _CARD.where(card.c.hall == hall, card.c.card_id == card_id).with_for_update()
    row = connection.execute(wanted).first()
    return _read(row) if row else None


def known(connection: Connection, hall: str, causes: Collection[str]) -> set[str]:
    """Return which of these causes ever raised a card."""
    found = select(card.c.cause).where(card.c.hall == hall, card.c.cause.in_(sorted(causes)))
    return set(connection.execute(found).scalars())


def of_cause(connection: Connection, hall: str, cause: str) -> Card | None:
    """Return the card that a cause raised, hanging or closed."""
    row = connection.execute(_CARD.where(card.c.hall == hall, card.c.cause == cause)).first()
    return _read(row) if row else None


def put(connection: Connection, new: Card) -> None:
    """Insert the card or replace the one with its id."""
    values = _row(new)
    held = card.c.hall == new.hall, card.c.card_id == new.card_id
    if not connection.execute(update(card).where(*held).values(values)).rowcount:
        connection.execute(insert(card).values(values))


def every(connection: Connection, hall: str) -> list[Card]:
    """Return all cards of the hall."""
    return [_read(row) for row in connection.execute(_CARD.where(card.c.hall == hall).order_by(card.c.card_id))]


def _row(new: Card) -> dict[str, Any]:
    return {**asdict(new), "told": " ".join(new.told)}


def _read(row: Any) -> Card:
    values = dict(row._mapping)  # noqa: SLF001 - the documented way to a row's names
    return Card(
        **{
            **values,
            "rule": CardRule(row.rule),
            "level": CardLevel(row.level),
            "told": tuple(Recipient(each) for each in row.told.split()),
            "closed_as": None if row.closed_as is None else ClosedAs(row.closed_as),
        }
    )
