"""Own words about a material that is short: they describe a fault of a listed one, never a new demand (decision 5)."""

from dataclasses import replace

from app.domain.work.card import WorkCard
from app.domain.work.materials import Mark, Verdict


def choose_reason(card: WorkCard, material_id: str, index: int) -> WorkCard:
    """Take the reason at ``index``, from 0; behind the last one the clerk's own words begin, and nothing changes.

    Raises:
        WorkRefused: the line is not due.
    """
    reasons, present = card.materials.reasons(material_id), card.marks.get(material_id)
    if not 0 <= index < len(reasons):
        return card
    mark = reasons[index]
    return card.mark(material_id, mark.verdict, mark.reason, check_failed=bool(present and present.check_failed))


def describe(card: WorkCard, material_id: str, words: str) -> WorkCard:
    """Say in own words what is wrong; without words the first published reason holds again.

    One undo takes a whole sentence back, not its last letter.

    Raises:
        WorkRefused: the line is not due, or the words are too many.
    """
    if not words.strip():
        return choose_reason(card, material_id, 0)
    before = card.marks.get(material_id)
    failed = bool(before and before.check_failed)
    described = card.mark(material_id, Verdict.DEFECTIVE, words, check_failed=failed)
    return replace(described, past=card.past) if is_own(card, material_id, before) else described


def is_own(card: WorkCard, material_id: str, mark: Mark | None) -> bool:
    """Say whether a mark is in the clerk's own words, none of the published reasons."""
    if mark is None or mark.verdict is not Verdict.DEFECTIVE:
        return False
    return mark.reason not in {each.reason for each in card.materials.reasons(material_id)}
