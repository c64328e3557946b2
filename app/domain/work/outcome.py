"""What the card can end in right now: F9 and F10 read this, and so does the use case behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.catalogue.organisation import Authority
from app.domain.channel import Channel
from app.domain.guardian_consent import is_child
from app.domain.work.card import Section, WorkCard
from app.domain.work.materials import Verdict
from app.domain.work.refusal import WorkRefusal


class NoticeKind(StrEnum):
    """What F9 prints: before any material was handed over SL-03, after verdicts SL-06."""

    CONSULTATION = "consultation"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``act`` is what F10 does (收件, 受理, 办结), ``notice`` what F9 prints; possible if nothing refuses."""

    act: Authority
    act_refusals: tuple[WorkRefusal, ...]
    notice: NoticeKind
    notice_refusals: tuple[WorkRefusal, ...]

    @property
    def act_possible(self) -> bool:
        """Whether F10 is lit."""
        return not self.act_refusals

    @property
    def notice_possible(self) -> bool:
        """Whether F9 is lit."""
        return not self.notice_refusals


def outcome(card: WorkCard, window: Authority) -> Outcome:
    """Return what may be done with this card at a window of that authority."""
    act = _act(card, window)
    handed_over = bool(card.marks) or card.supplement is not None
    return Outcome(
        act=act,
        act_refusals=(*_away_refusals(card), *_unready(card), *_act_refusals(card, act)),
        notice=NoticeKind.SUPPLEMENT if handed_over else NoticeKind.CONSULTATION,
        notice_refusals=(*_unready(card), *(_supplement_refusals(card) if handed_over else ())),
    )


def lacks_consent(card: WorkCard) -> bool:
    """Say whether the guardian of a child has still to be asked: without it nothing is taken in (domain rule L13)."""
    return is_child(card.applicant) and card.consent_ms is None


def current_section(card: WorkCard) -> Section:
    """Return the section that is open: where the clerk jumped to, else the first with something to do."""
    if card.opened is not None:
        return card.opened
    if card.item is None:
        return Section.ITEM
    if card.current_question is not None:
        return Section.SITUATIONS
    states = card.materials.states()
    if any(each.open for each in states):
        return Section.MATERIALS
    if any(each.short for each in states):
        # Where the reasons are: F9 prints from here, the form waits until the papers are complete.
        return Section.MATERIALS
    return Section.FORM if _form_open(card) else Section.OUTCOME


def _act(card: WorkCard, window: Authority) -> Authority:
    if card.item is None:
        return window
    act = card.item.delegated.within(window)
    deferred = any(each.verdict is Verdict.DEFERRED for each in card.marks.values())
    # No result before the deferred material is in (domain rule L10).
    return act.within(Authority.ACCEPT) if deferred else act


def _unready(card: WorkCard) -> Iterator[WorkRefusal]:
    if card.item is None:
        yield WorkRefusal.NO_ITEM
    elif any(each.key not in card.answers for each in card.item.situations):
        yield WorkRefusal.SITUATIONS_OPEN


def _act_refusals(card: WorkCard, act: Authority) -> Iterator[WorkRefusal]:
    yield from _people_refusals(card)
    states = card.materials.states()
    yield from _open_lines(card)
    # Taking papers in is no judgement of them: what is missing is told within five working days.
    if act is not Authority.INTAKE and any(each.short for each in states):
        yield WorkRefusal.MATERIALS_MISSING
    if act is Authority.INTAKE and not any(each.mark and each.mark.verdict is Verdict.OK for each in states):
        yield WorkRefusal.NOTHING_HANDED_IN
    if card.form is not None and card.form.problems():
        yield WorkRefusal.FORM_INVALID
    if card.recheck_fields:
        yield WorkRefusal.RECHECK


def _people_refusals(card: WorkCard) -> Iterator[WorkRefusal]:
    """A case is somebody's, and only where the law lets there be one."""
    if card.exclusion is not None:
        yield card.exclusion[0]
    if card.who_is_who:
        yield WorkRefusal.WHO_IS_WHO
    if card.applicant is None:
        yield WorkRefusal.NO_APPLICANT
    if card.by_agent and card.acting_agent is None:
        yield WorkRefusal.NO_AGENT
    if is_child(card.applicant) and card.guardian is None:
        yield WorkRefusal.GUARDIAN_NEEDED


def _away_refusals(card: WorkCard) -> Iterator[WorkRefusal]:
    """Refuse what takes papers in or judges them while nobody is at the window: on the telephone none can be seen."""
    if card.channel is not Channel.IN_PERSON:
        yield WorkRefusal.NOT_IN_PERSON


def _supplement_refusals(card: WorkCard) -> Iterator[WorkRefusal]:
    yield from _away_refusals(card)
    yield from _people_refusals(card)
    yield from _open_lines(card)
    if not any(each.short for each in card.materials.states()):
        yield WorkRefusal.NOTHING_MISSING


def _open_lines(card: WorkCard) -> Iterator[WorkRefusal]:
    still = [each for each in card.materials.states() if each.open]
    if any(each.mark is None for each in still):
        yield WorkRefusal.MATERIALS_OPEN
    if any(each.recheck for each in still):
        yield WorkRefusal.RECHECK


def _form_open(card: WorkCard) -> bool:
    return bool(card.recheck_fields) or card.form is None or bool(card.form.problems())
