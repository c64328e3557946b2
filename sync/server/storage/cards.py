"""Rows of cards (``app.domain.supervision.Card``): the same cause is kept once, for ever."""

from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from app.domain.supervision import Card, CardLevel, CardRule, ClosedAs, Recipient
from sync.server.storage.clock_tables import card

_CARD = select(*(card.c[field.name] for field in fields(Card)))
_OF_HALL = card.c.hall == bindparam("of_hall")
_HELD = _OF_HALL, card.c.card_id == bindparam("of_id")
_GET = _CARD.where(*_HELD).with_for_update()
_KNOWN = select(card.c.cause).where(_OF_HALL, card.c.cause.in_(bindparam("causes", expanding=True)))
_REPLACE = update(card).where(*_HELD)
_ADD = insert(card)


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
    row = connection.execute(_GET, {"of_hall": hall, "of_id": card_id}).first()
    return _read(row) if row else None


def known(connection: Connection, hall: str, causes: Collection[str]) -> set[str]:
    """Return which of these causes ever raised a card."""
    return set(connection.execute(_KNOWN, {"of_hall": hall, "causes": sorted(causes)}).scalars())


def of_cause(connection: Connection, hall: str, cause: str) -> Card | None:
    """Return the card that a cause raised, hanging or closed."""
    row = connection.execute(_CARD.where(card.c.hall == hall, card.c.cause == cause)).first()
    return _read(row) if row else None


def put(connection: Connection, new: Card) -> None:
    """Insert the card or replace the one with its id."""
    values = _row(new)
    if not connection.execute(_REPLACE, {**values, "of_hall": new.hall, "of_id": new.card_id}).rowcount:
        connection.execute(_ADD, values)


def standing(connection: Connection, hall: str, since_ms: int) -> list[Card]:
    """Return the cards that hang, those that came down since that instant (UTC), and all over parked operations."""
    counts = or_(card.c.closed_ms.is_(None), card.c.closed_ms >= since_ms, card.c.rule == CardRule.PARKED)
    return [_read(row) for row in connection.execute(_CARD.where(card.c.hall == hall, counts))]


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
