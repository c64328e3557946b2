"""The strips about reserved numbers: how many a window keeps, and which of them it called while it was cut off."""

from app.domain.reserved_block import MAX_BLOCK
from sync.protocol.floor_messages import FloorAlarm, FloorState
from ui.screens.floor.state import Ask, Question
from ui.screens.floor.typed import block_of, window_at
from ui.screens.floor.view_model import StripView


def stranded_title(alarm: FloorAlarm) -> str:
    """Return what lies where nobody reaches it."""
    return f"{alarm.window} 窗口断着，留着 {alarm.count} 个号"


def stranded_detail(alarm: FloorAlarm) -> str:
    """Return the numbers, since when, and what comes first."""
    return f"{alarm.note}，断了 {alarm.minutes} 分。先去窗口看一眼"


NONE_CALLED = "0"
"""What is typed where the window called none: to say nothing is not to have looked."""


def called_of(floor: FloorState, ask: Ask) -> tuple[str, ...] | None:
    """Return the numbers whose digits are typed, in order; None where nothing is said, or a digit stands for none."""
    if ask.typed == NONE_CALLED:
        return ()
    window = window_at(floor, ask.window)
    block = window.reserved if window is not None else []
    digits = {str(place): number for place, number in enumerate(block, start=1)}
    if not ask.typed or not set(ask.typed) <= digits.keys():
        return None
    return tuple(number for digit, number in digits.items() if digit in ask.typed)


def _fence(floor: FloorState, ask: Ask) -> StripView:
    window = window_at(floor, ask.window)
    block = window.reserved if window is not None else []
    title = f"{ask.window} 断着，先去看一眼：叫过哪几个"
    if not block:
        return StripView(f"{ask.window} 没有留号了", "")
    called = called_of(floor, ask)
    numbers = tuple((str(place), number) for place, number in enumerate(block, start=1))
    hints = (*numbers, (NONE_CALLED, "一个都没叫"), ("Shift F6", "请窗口人员当面交回其余的"))
    if called is None:
        return StripView(title, ask.typed, "没有这个数字的号" if ask.typed else "", hints)
    back = "、".join(each for each in block if each not in called)
    kept = f"{'、'.join(called)} 算它叫的；" if called else "一个都没叫；"
    return StripView(
        title, ask.typed, f"{kept}{back} 回队，别的窗口可以叫" if back else f"{kept}没有要回队的", hints, ready=True
    )


def _block(floor: FloorState, ask: Ask) -> StripView:
    title, hints = "哪个窗口留几个号", (("数字", "左边第几格"), (f"1–{MAX_BLOCK}", "最后一位是几个号"))
    wanted = block_of(floor, ask.typed)
    if wanted is None:
        return StripView(title, ask.typed.upper(), "", hints)
    if not 1 <= wanted.count <= MAX_BLOCK:
        return StripView(title, ask.typed.upper(), f"最多留 {MAX_BLOCK} 个", hints)
    name = wanted.window.window
    words = f"{name} 留 {wanted.count} 个号：断网时自己叫，别的窗口不叫它们"
    return StripView(title, ask.typed.upper(), words, hints, ready=True)


BLOCK_STRIPS = {Question.FENCE: _fence, Question.BLOCK: _block}
