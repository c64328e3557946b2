"""The guide desk's window as a pure function of what is known."""

from sync.client.guide import GuideWish, Verb
from ui.screens.floor.build.top import closing, date_words, local
from ui.screens.floor.view_model import ChipView, FloorTopView
from ui.screens.guide.build.help import HELP
from ui.screens.guide.build.lists import given, letters, missed
from ui.screens.guide.build.paper import paper, printer_words
from ui.screens.guide.build.strip import strip
from ui.screens.guide.state import GuideViewState, Print, Question
from ui.screens.guide.view_model import GuideView
from ui.texts import text
from ui.widgets.views import SyncState, SyncView

_LIT = {
    Question.REVIVE: "act_revive",
    Question.FIRST: "act_putFirst",
    Question.REASON: "act_putFirst",
    Question.FIND: "act_search",
}


def build(state: GuideViewState) -> GuideView:
    """Return everything the window shows."""
    return GuideView(
        ui_state=_ui_state(state),
        top=_top(state),
        letters=letters(state),
        missed=missed(state),
        given=given(state),
        slip=paper(state),
        keys=_keys(state),
        lit="act_help" if state.helping else _LIT.get(state.ask.question, "") if state.ask else "",
        strip=strip(state),
        message=_message(state),
        grey=not state.live,
        sheet=HELP if state.helping else None,
    )


def _ui_state(state: GuideViewState) -> str:
    if state.news.state is None:
        return "opening"
    if state.ask is not None:
        return f"asking.{state.ask.question.value}"
    return "help" if state.helping else "guide"


def _keys(state: GuideViewState) -> tuple[str, ...]:
    acts = ("act_revive", "act_putFirst", "act_search") if state.live else ()
    again = ("act_reprint",) if state.shown is not None else ()
    return ("act_help", *acts, *again)


def _top(state: GuideViewState) -> FloorTopView:
    seen, now = state.news.state, local(state.now_ms)
    chips: tuple[ChipView, ...] = ()
    if seen is not None and seen.closes:
        waiting = sum(each.waiting for each in seen.queues)
        chips = (ChipView("ph.moon", closing(seen.closes, now, waiting)),)
    if state.news.offline:
        link = SyncView(SyncState.OFFLINE, "网络断开" if seen else "正在连接")
    else:
        link = SyncView(SyncState.SYNCED, "已同步")
    return FloorTopView(
        clock=f"{now:%H:%M}",
        date=date_words(now),
        hall=seen.centre if seen else "",
        chips=chips,
        sync=link,
        manager=state.guide,
    )


def _message(state: GuideViewState) -> str:
    """Return the one sentence above the keys: what stops the guide first, what was done last."""
    if state.message:
        return text(state.message, place=state.place, incident=state.place, number=state.place)
    if state.news.refused:
        return text(state.news.refused)
    if state.news.state is not None and state.news.offline:
        pending = state.news.pending
        return text("guide_pending", act=_act_words(pending)) if pending else text("guide_offline")
    return _unprinted(state) or state.said


def _unprinted(state: GuideViewState) -> str:
    shown = state.shown
    if shown is None:
        return ""
    if shown.print is Print.UNKNOWN:
        return text("guide_unsure", number=shown.number)
    if shown.print is Print.PRINTING and state.printer is not None:
        fault, fix = printer_words(state.printer)
        return text("guide_printer", number=shown.number, fault=fault, fix=fix)
    return ""


def _act_words(wish: GuideWish) -> str:
    match wish.verb:
        case Verb.ISSUE:
            return f"{wish.business} 类取号"
        case Verb.REVIVE:
            return f"恢复 {wish.number} "
        case Verb.FIRST:
            return f"{wish.number} 优先"
        case _:
            return f"查 {wish.number} "
