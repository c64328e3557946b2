"""What F11, F12 and Ctrl+E put in place of the usual page."""

from dataclasses import replace

from app.domain.visit import VisitState
from app.domain.work import ending, refusing
from app.domain.work.card import WorkCard
from ui.screens.counter.build.ended import Ended, ended, ended_sections, ended_slip
from ui.screens.counter.build.ending import ending_sections, ending_slip, ending_words
from ui.screens.counter.build.refusal import SECTION, refusal_sections, refusal_slip, refusal_words
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.build.told import told
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, CounterView, KeyState, ServingView
from ui.widgets.slip_views import SlipView
from ui.widgets.views import Tag, Tone

ENDING_SECTION = 5
_NOT_WHILE_CORRECTING = frozenset({"act_notice", "act_hold", "act_transfer", "act_noShow", "act_recall"})


def beside(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with what these keys opened or brought about, and with the keys themselves."""
    card, visit = state.card, state.visit
    if card is None or visit is None or not isinstance(view.centre, ServingView):
        return view
    if visit.state is VisitState.ISSUED:
        words = ended(state) or told(state)
        changed = view if words is None else _ended(state, words, view, view.centre)
        more = (KeyState("act_correct"),) if paper_given(state) and state.issued is not None else ()
        return replace(changed, keys=(*changed.keys, *more))
    if visit.state is not VisitState.SERVING:
        return view
    if refusing.is_open(card):
        return _refusing(state, card, view, view.centre)
    if ending.is_open(card):
        return _ending(state, card, view, view.centre)
    return _correcting(card, _with_keys(view, _keys(card)))


def _keys(card: WorkCard) -> tuple[KeyState, ...]:
    finish = KeyState("act_finish", CapState.NORMAL, "不改了" if card.corrects else "结束")
    reject = (KeyState("act_reject"),) if card.item is not None and not card.corrects else ()
    return (*reject, finish)


def _refusing(state: CounterState, card: WorkCard, view: CounterView, centre: ServingView) -> CounterView:
    ready = not refusing.hindrances(card)
    keys = (
        KeyState("act_reject", CapState.PRIMARY if ready else CapState.NORMAL),
        KeyState("act_finish", label="结束"),
    )
    page = replace(centre, sections=refusal_sections(state, card), say=refusal_words(card))
    right = refusal_slip(view.right, card) if isinstance(view.right, SlipView) else view.right
    return _with_keys(replace(view, centre=page, right=right, section=SECTION), keys, without="act_accept")


def _ending(state: CounterState, card: WorkCard, view: CounterView, centre: ServingView) -> CounterView:
    page = replace(centre, sections=ending_sections(state, card), say=ending_words(card))
    right = ending_slip(state, view.right, card) if isinstance(view.right, SlipView) else view.right
    keys = (KeyState("act_finish", CapState.SUGGESTED, "结束"), *_keys(card)[:-1])
    return _with_keys(replace(view, centre=page, right=right, section=ENDING_SECTION), keys, without="act_accept")


def _correcting(card: WorkCard, view: CounterView) -> CounterView:
    """The paper that is out stands until F10: nothing else may be done with this citizen meanwhile."""
    if not card.corrects or not isinstance(view.right, SlipView):
        return view
    keys = tuple(
        replace(each, label="更正") if each.action == "act_accept" else each
        for each in view.keys
        if each.action not in _NOT_WHILE_CORRECTING
    )
    right = replace(view.right, tag=Tag(f"更正：{view.right.kind}", Tone.WARN))
    if right.primary is not None:
        right = replace(right, primary=replace(right.primary, text="更正并打印"))
    return replace(view, right=right, keys=keys)


def _ended(state: CounterState, words: Ended, view: CounterView, centre: ServingView) -> CounterView:
    page = replace(centre, sections=ended_sections(state, words, centre.sections), say=words.say)
    right = ended_slip(state, words, view.right) if isinstance(view.right, SlipView) else view.right
    now = replace(view.rail.now, tag=Tag(words.title, words.tone))
    return replace(view, centre=page, right=right, outcome=words.outcome, rail=replace(view.rail, now=now), section=5)


def _with_keys(view: CounterView, keys: tuple[KeyState, ...], without: str = "") -> CounterView:
    """The last word on a key counts."""
    named = {each.action for each in keys} | {without}
    return replace(view, keys=(*(each for each in view.keys if each.action not in named), *keys))
