"""The top bar: where, when, how the devices and the link stand, who."""

from app.domain.link import Link, LinkStatus
from ui.screens.counter.build import wording
from ui.screens.counter.build.closing import closing
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.texts import text
from ui.widgets.views import DeviceState, DeviceView, SyncState, SyncView, TopBarView

DEVICES = {
    "reader": "身份证读卡器",
    "printer": "单据打印机",
    "scanner": "扫码枪",
    "camera": "高拍仪",
    "rating": "评价器",
    "caller": "窗口屏",
}
OPTIONAL = frozenset({"scanner", "camera", "rating", "caller"})
"""A window without these is as good as any."""
_SYNC = {
    Link.SYNCED: SyncState.SYNCED,
    Link.SYNCING: SyncState.SYNCING,
    Link.OFFLINE: SyncState.OFFLINE,
    Link.ATTENTION: SyncState.ATTENTION,
}


def top(state: CounterState) -> TopBarView:
    """Return the top bar."""
    now = wording.local_time(state.now_ms)
    chip, amber = closing(state, now)
    theme = state.catalogue.windows[state.window].theme if state.catalogue else ""
    return TopBarView(
        window=f"{state.window} {theme}".strip(),
        clock=now.strftime("%H:%M"),
        date=wording.day(now.date()),
        closing=chip,
        closing_amber=amber,
        clerk_name=state.clerk.name if state.clerk else "",
        clerk_no=state.clerk.number if state.clerk else "",
        sync=sync(state.link),
        devices=devices(state),
    )


def sync(link: LinkStatus) -> SyncView:
    """Return the chip."""
    match link.link:
        case Link.SYNCED:
            words = "已同步"
        case Link.SYNCING:
            words = f"同步 {link.pending}"
        case Link.ATTENTION:
            words = f"有 {link.conflicts} 件要您看" if link.conflicts else "同步停着"
        case Link.OFFLINE:
            words = f"离线办理中 · {link.pending} 件待同步" if link.pending else "离线办理中"
    return SyncView(_SYNC[link.link], words, link.pending)


def devices(state: CounterState) -> tuple[DeviceView, ...]:
    """Return the devices this counter has, with what is the matter in words."""
    return tuple(
        DeviceView(key, name, status.state, _words(status))
        for key, name in DEVICES.items()
        if (status := state.devices.get(key)) is not None
    )


def _words(status: DeviceStatus) -> str:
    return "就绪" if status.state is DeviceState.OK else text(status.reason)
