"""A material beyond the notice: which are left to add, and the card once the floor manager allowed one."""

from dataclasses import replace

from app.domain.work.card import WorkCard
from app.domain.work.materials import LineState
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.supplement import Added


def addable(card: WorkCard) -> tuple[LineState, ...]:
    """Return the lines of the published list that may not be asked for yet; empty without a notice."""
    back = card.supplement
    return () if back is None else tuple(each for each in card.materials.states() if _free(each, back.askable))


def allow(card: WorkCard, added: Added) -> WorkCard:
    """Return the card on which this material may be asked for too.

    Raises:
        WorkRefused: the card came back with no notice, or the material is none of its list.
    """
    if card.supplement is None:
        raise WorkRefused(WorkRefusal.NOT_IN_NOTICE)
    card.materials.line(added.material)
    return replace(card, supplement=card.supplement.allowing(added))


def _free(state: LineState, askable: frozenset[str]) -> bool:
    """Shared data is never asked for again, whoever allows it (domain rule L07)."""
    return state.line.material.id not in askable and not state.line.exempt
