"""What the window shows until its counter is loaded; it needs nothing of the counter, so that it is painted at once."""

from typing import Final

from ui.screens.counter.view_model import CounterView, HeroKind, HeroView, IdleView, KeyState
from ui.widgets.slip_views import SideView
from ui.widgets.views import FigureView, NowView, RailView, SyncState, SyncView, Tag, Tone, TopBarView

GREETING: Final = ("起立微笑：“您好，请坐，请问您办什么业务？”",)
CASES: Final = ("空闲时可处理，来人按 F2 不丢进度", "手上没有没办完的件")
"""What stands above the clerk's own cases, and in their place while there are none."""
FIGURES: Final = ("今日办件", "平均用时", "待同步")
NOW: Final = NowView("当前", timer="", headline="正在开窗")
HERO: Final = HeroView(HeroKind.EMPTY, caption="请稍候", headline="正在开窗", detail="取办事指南、接上设备，几秒就好")
KEYS: Final = (KeyState("act_help"),)
FIRST_VIEW: Final = CounterView(
    ui_state="idle",
    top=TopBarView("", "", "", "", "", "", SyncView(SyncState.OFFLINE, "离线办理中")),
    rail=RailView(NOW, waiting_total=None, empty="", today=tuple(map(FigureView, ("0", "—", "0"), FIGURES))),
    centre=IdleView(HERO, detail=CASES[0], empty=CASES[1], say=GREETING),
    right=SideView(title="今日告示", devices_status=Tag("全部就绪", Tone.OK)),
    keys=KEYS,
)
"""As ``build`` makes it of a state in which nothing is known yet, without clock and date."""
