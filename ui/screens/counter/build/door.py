"""The door as shown: which server, what to type, where the code comes from, and what goes wrong."""

from urllib.parse import urlsplit

from app.domain.rights import Role
from ui.screens.counter.build import wording
from ui.screens.counter.build.store_doors import rebuilding, rebuilt
from ui.screens.counter.state import CounterState
from ui.screens.door.state import DoorState, EnrolDoor, ManagerDoor, RebuildDoor, ToldDoor
from ui.screens.door.view_model import CardView, DoorView, FieldView
from ui.texts import text

_KEPT = {"keyring": "系统密钥环", "file": "数据目录里只有本人可读的文件"}


def door_view(state: CounterState, door: DoorState) -> DoorView:
    """Return the page."""
    match door.door:
        case EnrolDoor() as enrolling:
            return _enrolling(state, door, enrolling)
        case ManagerDoor() as manager:
            return _manager(state, door, manager)
        case RebuildDoor():
            return rebuilding(state, door)
        case ToldDoor() as told:
            return rebuilt(state, door, told)


def _enrolling(state: CounterState, door: DoorState, enrolling: EnrolDoor) -> DoorView:
    place = urlsplit(enrolling.server).netloc
    return DoorView(
        hall=f"服务器 {place}",
        window="新电脑",
        theme="第一次开机，先登记",
        days=wording.today(state.now_ms),
        title="登记这台电脑",
        detail="只做一次。登记好以后，这台电脑就是大厅里的一个窗口或值班台。",
        fields=(FieldView("code", "登记码", door.typed, code=True),),
        hint="12 位，大小写都行，横线自动加；I、L 当 1 读，O 当 0 读",
        cards=(
            CardView(
                "登记码从哪里来",
                (
                    ("谁能发", "中心管理员或系统管理员，在服务器上为这个窗口发一个"),
                    ("怎么发", "chuangkou server --db … --data … --enrol 窗口号"),
                    ("管多久", "30 分钟内有效，只登记一台电脑，用过就作废"),
                ),
            ),
            CardView(
                "登记以后",
                (
                    ("凭据", f"存在{_KEPT[enrolling.key_store]}；签名用的密钥在本机生成，不出本机"),
                    ("换电脑", "同一个窗口登记了新电脑，旧电脑的凭据就停用"),
                ),
            ),
        ),
        foot="登记好以后，接着用工号和口令登录",
        button="登记",
        error=text(door.error, incident=state.incident, place=place) if door.error else "",
        busy=door.checking,
    )


_DESKS = {Role.FLOOR_MANAGER: ("值班台", "大厅值班经理", "一屏总览"), Role.GUIDE: ("导办台", "导办员", "取号和过号")}


def _manager(state: CounterState, door: DoorState, manager: ManagerDoor) -> DoorView:
    place, post, work = _DESKS[manager.role]
    return DoorView(
        hall=f"大厅 {manager.hall}",
        window=place,
        theme=post,
        days=wording.today(state.now_ms),
        title="请登录",
        detail=f"输入工号和口令，打开{work}",
        fields=(FieldView("number", "工号"), FieldView("password", "口令", secret=True)),
        hint=f"只有{post.removeprefix('大厅')}能打开这一屏；窗口人员请在窗口电脑上登录",
        cards=(),
        foot=f"{place}要联网才能登录",
        button=f"打开{place}",
        error=text(door.error, incident=state.incident) if door.error else "",
        busy=door.checking,
    )
