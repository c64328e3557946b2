"""Left and centre: the lines by their letters, who was called in vain, and the numbers of today."""

from sync.protocol.floor_messages import FloorQueue
from sync.protocol.guide_messages import GuideGiven, GuideMissed, GuideState
from ui.screens.floor.build.top import clock
from ui.screens.floor.view_model import SheetRow, SheetView
from ui.screens.guide.state import GuideViewState, Question
from ui.screens.guide.view_model import LetterView
from ui.texts import text
from ui.widgets.views import Tone

DIGITS = 9
MINUTE_MS = 60_000
_TONES = {"red": Tone.ERR, "yellow": Tone.WARN}
_MISSED = (7, 15, 26, 18, 34)
_GIVEN = (12, 14, 22, 20, 32)


def letters(state: GuideViewState) -> tuple[LetterView, ...]:
    """Return one row a business."""
    seen, ask = state.news.state, state.ask
    if seen is None:
        return ()
    chosen = ask.typed[:1].upper() if ask is not None and ask.question is Question.ISSUE else ""
    now_ms = state.now_ms
    return tuple(_letter(each, now_ms, chosen=each.code == chosen, on=state.live) for each in seen.queues)


def missed(state: GuideViewState) -> SheetView:
    """Return who was called in vain and may come back, each of the first nine under a digit."""
    seen = state.news.state
    rows = enumerate(seen.missed, start=1) if seen is not None else ()
    count = len(seen.missed) if seen is not None else 0
    return SheetView(
        title="过号",
        note=f"{count} 个，按数字恢复；一小时内有效" if count else "一小时内的过号可以恢复",
        header=("", "票号", "业务", "窗口", "过号"),
        widths=_MISSED,
        rows=tuple(_missed(n, each, seen, state.now_ms) for n, each in rows if seen is not None),
        empty="没有过号的" if seen is not None else "",
    )


def given(state: GuideViewState) -> SheetView:
    """Return the newest numbers of today, those of this desk marked."""
    seen = state.news.state
    desk = sum(each.by is not None for each in seen.given) if seen is not None else 0
    return SheetView(
        title="今天发出的号",
        note=f"最近 {len(seen.given)} 个，导办台 {desk} 个" if seen is not None else "",
        header=("时间", "票号", "业务", "现在", "谁发的"),
        widths=_GIVEN,
        rows=tuple(_given(each, seen) for each in seen.given) if seen is not None else (),
        empty="今天还没有发号" if seen is not None else "",
    )


def state_words(each: GuideGiven) -> str:
    """Return how a number stands: ``呼叫中 A03``."""
    return " ".join(filter(None, (text(f"state_{each.state}"), each.window)))


def _letter(each: FloorQueue, now_ms: int, *, chosen: bool, on: bool) -> LetterView:
    minutes = max(0, now_ms - each.oldest_issued_ms) // MINUTE_MS if each.oldest_issued_ms is not None else 0
    windows = f"{len(each.windows)} 个窗口开着" if each.windows else "没有开着的窗口"
    longest = f"，最长等 {minutes} 分" if minutes else ""
    tone = _TONES.get(each.level or "", Tone.PLAIN)
    return LetterView(each.code, each.name, each.waiting, windows + longest, tone, chosen, on)


def _missed(place: int, each: GuideMissed, seen: GuideState, now_ms: int) -> SheetRow:
    digit = str(place) if place <= DIGITS else ""
    ago = max(0, now_ms - each.missed_ms) // MINUTE_MS
    when = f"{clock(each.missed_ms)}，{ago} 分前" if ago else f"{clock(each.missed_ms)}，刚才"
    return SheetRow((digit, each.number, _name(seen, each.business), each.window or "", when), Tone.PRI)


def _given(each: GuideGiven, seen: GuideState) -> SheetRow:
    who = f"导办 {each.by}" if each.by else "取号机"
    words = f"{who} · {_reason(seen, each.priority)}" if each.priority else who
    return SheetRow((clock(each.issued_ms), each.number, _name(seen, each.business), state_words(each), words))


def _name(seen: GuideState, code: str) -> str:
    return next((each.name for each in seen.queues if each.code == code), code)


def _reason(seen: GuideState, code: str) -> str:
    return next((each.name for each in seen.priorities if each.code == code), code)
