"""Whether a work card holds anything of the citizen yet: until it does, a no-show may still be recorded."""

from dataclasses import fields

from app.domain.work.card import WorkCard

_NO_DATA = frozenset(
    {
        "ticket_id",
        "ticket_number",
        "business",
        "catalogue_version",
        "candidates",
        "item",
        "opened",
        "question",
        "channel",
        "past",
    }
)
"""What a card has before anybody sat down: its ticket, the items it may be about, and where the clerk looks."""


def untouched(card: WorkCard) -> bool:
    """Say whether nothing was read, answered, marked or typed."""
    return not any(getattr(card, each.name) for each in fields(card) if each.name not in _NO_DATA)
