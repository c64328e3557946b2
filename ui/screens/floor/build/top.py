"""The dark bar of the manager's window."""

from datetime import datetime

from app.domain.business_day import CHINA
from app.domain.floor import WindowStatus
from ui.screens.floor.state import FloorViewState
from ui.screens.floor.view_model import ChipView, FloorTopView
from ui.widgets.views import SyncState, SyncView

_WEEKDAYS = "一二三四五六日"


def local(utc_ms: int) -> datetime:
    """Return the moment on the hall's wall clock."""
    return datetime.fromtimestamp(utc_ms / 1000, CHINA)


def clock(utc_ms: int) -> str:
    """Return ``14:33``."""
    return local(utc_ms).strftime("%H:%M")


def span(milliseconds: int) -> str:
    """Return ``07:12``; from an hour on ``1:07:12``."""
    seconds = max(0, milliseconds) // 1000
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def top(state: FloorViewState) -> FloorTopView:
    """Return when, where, how many windows are open, who."""
    now = local(state.now_ms)
    floor = state.news.state
    chips: list[ChipView] = []
    if floor is not None:
        opened = sum(each.status != WindowStatus.CLOSED for each in floor.windows)
        chips.append(ChipView("ph.monitor", f"开窗 {opened}/{len(floor.windows)}"))
        if floor.closes:
            chips.append(ChipView("ph.moon", closing(floor.closes, now, floor.figures.waiting)))
    if state.only_ledgers:
        sync = SyncView(SyncState.SYNCED, "台账")
    elif state.news.offline:
        sync = SyncView(SyncState.OFFLINE, "网络断开" if floor else "正在连接", state.news.queued)
    elif state.news.queued:
        sync = SyncView(SyncState.SYNCING, f"同步 {state.news.queued}", state.news.queued)
    else:
        sync = SyncView(SyncState.SYNCED, "已同步")
    return FloorTopView(
        clock=f"{now:%H:%M}",
        date=date_words(now),
        hall=floor.centre if floor else "",
        chips=tuple(chips),
        sync=sync,
        manager=state.manager,
        post="监督科" if state.only_ledgers else "",
    )


def date_words(moment: datetime) -> str:
    """Return ``11月18日 周三``."""
    return f"{moment.month}月{moment.day}日 周{_WEEKDAYS[moment.weekday()]}"


def closing(closes: str, now: datetime, waiting: int) -> str:
    """Return what the hall's closing time means now."""
    if f"{now:%H:%M}" < closes:
        return f"{closes} 停止取号"
    return f"延时服务中，还有 {waiting} 人" if waiting else f"{closes} 已下班"
