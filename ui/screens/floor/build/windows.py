"""The tiles of the windows and the lines of the businesses."""

from dataclasses import replace

from app.domain.floor import WindowStatus
from sync.protocol.floor_messages import FloorQueue, FloorState, FloorWindow
from ui.screens.floor.build.top import clock, span
from ui.screens.floor.state import FloorViewState, Question
from ui.screens.floor.typed import assignment_of, block_of, message_of, window_of
from ui.screens.floor.view_model import QueueRowView, TileView
from ui.texts import text
from ui.widgets.views import Tag, Tone

_MINUTE_MS = 60_000
_ASKS_WINDOW = frozenset({Question.OPEN, Question.ASSIGN, Question.TELL, Question.BLOCK})
_TONES = {"red": Tone.ERR, "yellow": Tone.WARN}


def tiles(floor: FloorState, state: FloorViewState) -> tuple[TileView, ...]:
    """Return one tile a window, in published order."""
    chosen = _chosen(floor, state)
    asked = state.ask is not None and state.ask.question in _ASKS_WINDOW
    names = {each.code: each.name for each in floor.queues}
    return tuple(
        replace(_tile(place, each, names, state.now_ms), chosen=each.window == chosen, numbered=asked)
        for place, each in enumerate(floor.windows, start=1)
    )


def queues(floor: FloorState, now_ms: int) -> tuple[QueueRowView, ...]:
    """Return one row a business; the bar is as long as who waits longest in it against who does in the hall."""
    longest = max((_minutes(each, now_ms) for each in floor.queues), default=0)
    return tuple(_queue(each, longest, now_ms) for each in floor.queues)


def _chosen(floor: FloorState, state: FloorViewState) -> str:
    """Return the window that what is typed names so far."""
    if state.ask is None:
        return ""
    typed, window = state.ask.typed, None
    match state.ask.question:
        case Question.OPEN:
            window = window_of(floor, typed)
        case Question.ASSIGN:
            assigned = assignment_of(floor, typed)
            window = assigned.window if assigned else None
        case Question.BLOCK:
            kept = block_of(floor, typed)
            window = kept.window if kept else window_of(floor, typed)
        case Question.TELL:
            message = message_of(floor, typed)
            window = message.window if message else window_of(floor, typed)
        case _:
            pass
    return window.window if window else ""


def _tile(place: int, each: FloorWindow, names: dict[str, str], now_ms: int) -> TileView:
    since = span(now_ms - each.since_ms) if each.since_ms is not None else ""
    busy = each.status in (WindowStatus.SERVING, WindowStatus.CALLING)
    return TileView(
        number=place,
        window=each.window,
        theme=each.theme,
        tag=_tag(each),
        ticket=each.ticket or "",
        timer=since if busy else "",
        line=_kept(each) or (names.get(each.business or "", "") if busy else _line(each, since, now_ms)),
        progress=_progress(each, now_ms) if each.status == WindowStatus.SERVING else 0.0 if busy else None,
        clerk=each.clerk or "—",
        note=_note(each),
        alarm=each.too_long,
        open=each.status != WindowStatus.CLOSED,
    )


def _note(each: FloorWindow) -> str:
    """Return what stands beside the clerk: how long is usual, else who left without an outcome."""
    if each.too_long and each.mean_ms:
        return f"均时 {round(each.mean_ms / _MINUTE_MS)} 分"
    return f"无结果 {each.nothing}/{each.ended}" if each.nothing else ""


def _kept(each: FloorWindow) -> str:
    """Return how many numbers are kept for it, and since when nobody reaches it; the tile says it in every size."""
    cut_off = f"{clock(each.cut_off_since_ms)} 断线，" if each.cut_off_since_ms is not None else ""
    return f"{cut_off}留 {len(each.reserved)} 号" if each.reserved else ""


def _tag(each: FloorWindow) -> Tag:
    if each.too_long:
        return Tag("超时", Tone.ERR)
    match each.status:
        case WindowStatus.SERVING:
            return Tag("办完关窗", Tone.WARN) if each.closed else Tag("办理中", Tone.PRI)
        case WindowStatus.CALLING:
            return Tag("呼叫中", Tone.PRI)
        case WindowStatus.PAUSED:
            return Tag("暂停", Tone.WARN)
        case WindowStatus.IDLE:
            return Tag("空闲", Tone.OK)
        case _:
            return Tag("已关", Tone.OFF) if each.closed else Tag("未开", Tone.OFF)


def _line(each: FloorWindow, since: str, now_ms: int) -> str:
    match each.status:
        case WindowStatus.PAUSED if each.paused_until_ms is not None:
            over = (now_ms - each.paused_until_ms) // _MINUTE_MS
            when = f"超 {over} 分" if over > 0 else f"{clock(each.paused_until_ms)} 回"
            return f"{text(f'pause_{each.pause_reason}')}，{when}"
        case WindowStatus.IDLE:
            return f"空闲 {since}" if since else "空闲，今天还没叫号"
        case WindowStatus.CLOSED if each.closed:
            return f"值班长已关窗，还有 {'、'.join(each.held)}" if each.held else "值班长已关窗"
        case WindowStatus.CLOSED:
            return "今天没有开窗"
        case _:
            return ""


def _progress(each: FloorWindow, now_ms: int) -> float:
    """Return how far the case is against twice its mean, or against half an hour where no mean is known."""
    if each.too_long or each.since_ms is None:
        return 1.0 if each.too_long else 0.0
    whole_ms = 2 * each.mean_ms if each.mean_ms else 30 * _MINUTE_MS
    return min(1.0, max(0.02, (now_ms - each.since_ms) / whole_ms))


def _minutes(each: FloorQueue, now_ms: int) -> int:
    """Return how long the first of a line has waited."""
    return max(0, now_ms - each.oldest_issued_ms) // _MINUTE_MS if each.oldest_issued_ms is not None else 0


def _queue(each: FloorQueue, longest: int, now_ms: int) -> QueueRowView:
    minutes = _minutes(each, now_ms)
    return QueueRowView(
        code=each.code,
        name=each.name,
        waiting=each.waiting,
        share=minutes / longest if longest and each.waiting else 0.0,
        longest=f"{minutes} 分" if each.waiting else "—",
        tone=_TONES.get(each.level or "", Tone.PRI),
        windows=tuple(each.windows),
        advice="调窗支援" if each.level else "",
    )
