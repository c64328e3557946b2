"""What the manager does about reserved numbers: 准备离线, and the fence after a look (sync.md section 2)."""

from urllib.parse import quote

from app.domain.floor import AlarmKind
from app.domain.reserved_block import MAX_BLOCK
from sync.protocol.block_messages import ReserveBlock
from sync.protocol.floor_messages import FenceWindow, FloorState
from ui.screens.floor.acts import Wish
from ui.screens.floor.build.blocks import called_of
from ui.screens.floor.state import Ask, Question
from ui.screens.floor.typed import block_of, window_at


def fence_asked(floor: FloorState, number: int) -> Ask | None:
    """Return the question about the alarm of that digit; None where no numbers are stranded behind it."""
    if not 0 < number <= len(floor.alarms) or floor.alarms[number - 1].kind != AlarmKind.STRANDED:
        return None
    return Ask(Question.FENCE, window=floor.alarms[number - 1].window or "")


def fence_wish(floor: FloorState, ask: Ask) -> Wish | None:
    """Return what Enter does: the numbers whose digits were typed were called there, the others go back into line."""
    window = window_at(floor, ask.window)
    called = called_of(floor, ask)
    if window is None or called is None or not window.reserved:
        return None
    back = [each for each in window.reserved if each not in called]
    said = f"{ask.window}：{'、'.join(back)} 回队" if back else f"{ask.window} 的留号都叫过了"
    body = FenceWindow(called=list(called), epoch=window.block_epoch)
    return Wish(f"windows/{quote(ask.window)}/fence", body, said)


def block_wish(floor: FloorState, typed: str) -> Wish | None:
    """Read ``a033``: window A03 keeps 3 numbers for the time it is cut off."""
    wanted = block_of(floor, typed)
    if wanted is None or not 1 <= wanted.count <= MAX_BLOCK:
        return None
    name = wanted.window.window
    body = ReserveBlock(count=wanted.count)
    return Wish(f"windows/{quote(name)}/block", body, f"{name} 留 {wanted.count} 个号，断网时自己叫")
