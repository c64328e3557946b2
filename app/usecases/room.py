"""Whether the counter's disk still takes a new case: refused before its number is drawn (sync.md section 1)."""

from app.domain.disk_room import Room, room_of
from app.domain.work.card import WorkCard
from app.usecases.acting import ActRefusal, ActRefused


def require_room(disk_used: float, card: WorkCard) -> None:
    """Check before a card becomes a case; one that came back with its notice goes on under the number it has.

    ``disk_used`` is the share of the counter's disk in use, 0 to 1.

    Raises:
        ActRefused: the disk is so full that a new case might not be kept.
    """
    if card.supplement is None and room_of(disk_used) is Room.NO_CASES:
        raise ActRefused(ActRefusal.DISK_NO_CASES)
