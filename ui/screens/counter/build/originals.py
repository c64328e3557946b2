"""The right pane turned to the A4 original, and where the list 待出正本 is counted while nobody is here."""

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from app.domain.original import UNSEALED, Original, OriginalEvent, OriginalState
from ui.screens.counter.build.ways_out import printer_fault
from ui.screens.counter.original_pane import visit_key
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, IdleView
from ui.texts import text
from ui.widgets.slip_views import AfterView, FaultOption, FaultView, NoticeView, SideView, SlipView
from ui.widgets.views import IconLine, Strong, Tag, Tone

PRINT: Final = 1
SEAL: Final = 2
NEXT: Final = 3
LISTED: Final = 4
"""Originals that the notice of the idle screen names; the others are counted."""
KEY: Final = "Alt P"
_ICON = "mdi6.stamper"
_UNDER_WAY = (OriginalState.QUEUED, OriginalState.SENDING)
_TONES = {OriginalState.SEALED: Tone.OK, OriginalState.UNKNOWN: Tone.ERR}


def shown_original(state: CounterState) -> Original | None:
    """Return the original that the pane is turned to; None while it shows the slip, or what else it has to say."""
    pane = state.original_pane
    if pane is None or pane.visit_id != visit_key(state.visit):
        return None
    original = state.originals.named(pane.original_id)
    if original is None or (not pane.visit_id and original.state not in UNSEALED):
        return None
    return original


def panel_shows(state: CounterState) -> bool:
    """Say whether the numbers of the pane are those of the original: questions and faults come first."""
    return state.ask is None and state.unsure is None and printer_fault(state, state.job) is None


def with_originals(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the A4 in the right pane where it is turned to it, and with the list where it is not."""
    turns = state.originals.here is not None if state.visit is not None else bool(state.originals.owed)
    view = replace(view, turns=turns)
    original = shown_original(state)
    if original is not None:
        view = replace(view, right=_sheet(state, view, original))
    if isinstance(view.centre, IdleView):
        return _counted(state, view)
    return view if original is not None else _hinted(state, view)


def _sheet(state: CounterState, view: CounterView, original: Original) -> SlipView:
    pane = state.original_pane
    assert pane is not None, "an original is shown in a pane"
    behind = view.right if isinstance(view.right, SlipView) else None
    question = view.right.fault
    word = text(f"original_{original.state.value}")
    return SlipView(
        kind=f"{original.title}正本",
        title="盖章正本",
        tag=Tag(word, _TONES.get(original.state, Tone.WARN)),
        status=IconLine("ph.printer", _printer_name(pane.printer)),
        paper=pane.picture.image if pane.picture else None,
        paper_key=pane.picture.key if pane.picture else "",
        preview=original.state is OriginalState.OWED,
        sheet=True,
        fault=question or _panel(state, original),
        after=_after(original),
        foot=IconLine("ph.info", f"{KEY} 回到{'小票' if behind is not None else '告示'}"),
        primary=behind.primary if behind is not None else None,
    )


def _printer_name(address: str) -> str:
    kind, _, name = address.partition(":")
    return f"A4 · {name}" if kind == "lp" else "A4 · 存入目录" if kind else "A4 · 未接"


def _panel(state: CounterState, original: Original) -> FaultView:
    if original.state is OriginalState.SEALED:
        return FaultView(_ICON, original.doc_no, "", (), Tone.OK)
    under_way = original.state in _UNDER_WAY
    again = f"再打 {original.copies} 份，标明补打 {original.prints}" if original.prints else ""
    print_ = FaultOption(
        again or f"打印正本 {original.copies} 份",
        _news(original),
        "请稍候" if under_way else "打印",
        waiting=under_way,
        enabled=under_way or original.may(OriginalEvent.PRINT),
    )
    seal = FaultOption(
        f"已盖章 {original.copies} 份",
        "一份群众签收，一份留档；从待出清单去掉",
        "确认",
        enabled=original.may(OriginalEvent.SEAL),
    )
    others = len(state.originals.owed) if state.visit is None else 0
    more = (FaultOption("看下一份", f"共 {others} 份待出", "下一份"),) if others > 1 else ()
    return FaultView(_ICON, original.doc_no, "", (print_, seal, *more), Tone.ERR if original.fault else Tone.PRI)


def _news(original: Original) -> str:
    """Return what became of the last try; before the first, what the original is for."""
    if original.fault:
        return text(original.fault)
    if original.state is OriginalState.KEPT:
        place = PurePath(original.place)
        return f"没有接 A4 打印机，PDF 已存到 {place.parent.name}/{place.name}"
    return original.item_name


def _after(original: Original) -> AfterView | None:
    """Return what was done; before that the page needs the room, and the numbers above it say what they do."""
    if original.state is not OriginalState.SEALED:
        return None
    return AfterView("已经做了", (IconLine("ph.check-circle", "正本已盖章，不在待出清单里了", Tone.OK),))


def _counted(state: CounterState, view: CounterView) -> CounterView:
    """Count the list beside the clerk's own cases, and name its first ones among the notices."""
    owed = state.originals.owed
    if not owed or not isinstance(view.centre, IdleView) or state.clerk is None:
        return view
    centre = replace(view.centre, tags=(*view.centre.tags, Tag(f"待出正本 {len(owed)} · {KEY}", Tone.WARN)))
    right = view.right
    if isinstance(right, SideView):
        right = replace(right, notices=(*right.notices, _notice(owed)))
    return replace(view, centre=centre, right=right)


def _notice(owed: tuple[Original, ...]) -> NoticeView:
    named = tuple((f"{each.doc_no}　", Strong(text(f"original_{each.state.value}"))) for each in owed[:LISTED])
    rest = ((f"还有 {len(owed) - LISTED} 份",),) if len(owed) > LISTED else ()
    return NoticeView("待出正本", f"{len(owed)} 份", (*named, *rest, (f"按 {KEY} 逐份打印、确认盖章。",)), Tone.WARN)


def _hinted(state: CounterState, view: CounterView) -> CounterView:
    """Say under the slip that its original is still owed."""
    here, right = state.originals.here, view.right
    if here is None or here.state not in UNSEALED or not isinstance(right, SlipView) or right.foot is None:
        return view
    foot = replace(right.foot, text=f"{right.foot.text} · {KEY} 正本{text(f'original_{here.state.value}')}")
    return replace(view, right=replace(right, foot=foot))
