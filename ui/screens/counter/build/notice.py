"""What the window shows of a one-time notice: the reasons in section 3, the paper F9 prints, and what is done then."""

from app.domain.notice import fix_of, keep_until
from app.domain.work.card import WorkCard
from app.domain.work.describing import is_own
from app.domain.work.materials import LineState, Verdict
from app.domain.work.outcome import Outcome
from app.domain.work.refusal import WorkRefusal
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, KeyState
from ui.texts import text
from ui.widgets.slip_views import AfterView, PrimaryView
from ui.widgets.views import IconLine, Strong, Tone, Words
from ui.widgets.work_views import ShortView

KIND = "一次性告知单"
NOTE = "这几件会写进告知单，一次说全，不再追加"
NOTE_AGAIN = "只能是上次告知的这几件，不能再加新的"
_UNTOLD = "未提交"
_OWN = "其他"
_WORDS = {Verdict.MISSING: "缺", Verdict.DEFECTIVE: "不符"}


def is_short(card: WorkCard | None) -> bool:
    """Say whether something is missing or faulty: then F9's paper is the one that would come out."""
    return card is not None and any(each.short for each in card.materials.states())


def shorts(card: WorkCard) -> tuple[ShortView, ...]:
    """Return the group 要补 N 件."""
    return tuple(_short(card, at, each) for at, each in enumerate(card.materials.states()) if each.short)


def shorts_note(card: WorkCard) -> str:
    """Return what is said beside the count."""
    return NOTE_AGAIN if card.supplement else NOTE


def _short(card: WorkCard, row: int, state: LineState) -> ShortView:
    mark, material = state.mark, state.line.material
    assert mark is not None, "a short line has a verdict"
    own = is_own(card, material.id, mark)
    reasons = card.materials.reasons(material.id)
    labels = tuple(each.reason or _UNTOLD for each in reasons)
    same = [(each.verdict, each.reason) for each in reasons]
    here = (mark.verdict, mark.reason)
    return ShortView(
        row=row,
        name=material.name,
        verdict=_WORDS[mark.verdict],
        reasons=(*labels, _OWN),
        chosen=same.index(here) if here in same else len(labels),
        words=mark.reason if own else fix_of(state, mark),
        own=own,
    )


def judged(card: WorkCard) -> str:
    """Return the line at the right of section 3 once everything has a verdict."""
    states = card.materials.states()
    return f"{len(states)} 件全部有结论，可以出告知单" if not any(each.open for each in states) else ""


def key(state: CounterState, outcome: Outcome | None) -> KeyState:
    """Return how F9 stands: the next thing to do once every line has a verdict and one is short."""
    if outcome is None or not outcome.notice_possible:
        return KeyState("act_notice", CapState.DISABLED)
    return KeyState("act_notice", CapState.PRIMARY if is_short(state.card) else CapState.NORMAL)


def primary(outcome: Outcome | None) -> PrimaryView:
    """Return the big button while something is short."""
    return PrimaryView("打印告知单", "act_notice", bool(outcome and outcome.notice_possible))


def after(state: CounterState) -> AfterView:
    """Return 按 F9 以后."""
    item = state.card.item if state.card else None
    until = keep_until(item, wording.local_time(state.now_ms).date()) if item else None
    kept = f"草稿保留 {item.supplement_days} 日，补齐后在本窗口接着办" if item and until else "补齐后在本窗口接着办"
    return AfterView(
        "按 F9 以后",
        (
            IconLine("ph.printer", "打印补正材料告知书 1 份"),
            IconLine("ph.bookmark-simple", kept),
            IconLine("ph.timer", "补齐当日受理，从那时起算时限"),
        ),
    )


def foot(state: CounterState, outcome: Outcome | None) -> IconLine | None:
    """Return what still keeps F9 grey, or that it may be pressed."""
    if outcome is None or state.card is None:
        return None
    if outcome.notice_possible:
        return IconLine("ph.check-circle", "可以出告知单了", Tone.OK)
    first = outcome.notice_refusals[0]
    if first is WorkRefusal.MATERIALS_OPEN:
        still = sum(each.open for each in state.card.materials.states())
        return IconLine("ph.info", f"还有 {still} 件没核对，核对完才能出告知单")
    return IconLine("ph.info", text(first.value))


def say(card: WorkCard) -> Words:
    """Return the sentence of the seed for what is missing (slips.md section 4)."""
    names = [each.line.material.name for each in card.materials.states() if each.short]
    more = f"等 {len(names)} 件材料" if len(names) > 1 else ""
    return ("“对不起，您还缺少", Strong(names[0]), f"{more}，我现在把补办件的清单给您。”")


def form_summary(card: WorkCard) -> Words:
    """Return what section 4 says while the papers are not complete."""
    return ("已填内容自动存为草稿，补齐后接着办",) if card.typed else ("补齐后接着填",)


def outcome_summary() -> Words:
    """Return what section 5 says while something is short."""
    return (Strong(KIND),)
