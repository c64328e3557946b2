"""Sample views of the counter while nobody sits there: the drawings' content at the demo centre."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter

from ui.screens.counter.view_model import (
    CapState,
    CaseRowView,
    CounterView,
    FootFact,
    HeroKind,
    HeroView,
    IdleView,
    KeyState,
)
from ui.widgets.slip_views import FaultOption, FaultView, NoticeView, SideView
from ui.widgets.views import (
    DeviceState,
    DeviceView,
    DueLevel,
    DueView,
    FigureView,
    HeldView,
    KeyHintView,
    NowView,
    RailView,
    Strong,
    SyncState,
    SyncView,
    Tag,
    Tone,
    TopBarView,
    WaitView,
)
from ui.widgets.work_views import (
    FactView,
    PersonView,
)


class IdleSamples:
    """Screens 01 and what stands around it."""

    def __init__(self) -> None:
        self.slip_image = draw_slip()

    def top(self, **changes: object) -> TopBarView:
        devices = (
            DeviceView("reader", "身份证读卡器", DeviceState.OK, "已通电"),
            DeviceView("printer", "单据打印机", DeviceState.OK, "热敏 80 mm · 就绪"),
            DeviceView("caller", "叫号屏与喇叭", DeviceState.OK, "在线"),
        )
        view = TopBarView(
            window="A03 市场监管",
            clock="14:26",
            date="11月18日 周三",
            closing="距下班 3 小时 04 分",
            clerk_name="王五",
            clerk_no="0312",
            sync=SyncView(SyncState.SYNCED, "已同步"),
            devices=devices,
        )
        return replace(view, **changes)  # type: ignore[arg-type]  # a test names the fields it changes

    def waiting(self) -> tuple[WaitView, ...]:
        return (
            WaitView("A024", "居住证申领（首次）", 6, "居住证", first=True),
            WaitView("A025", "城乡居民医保参保登记", 18, "居民医保参保"),
            WaitView("B011", "道路货物运输经营许可", 12, "货运许可"),
            WaitView("A026", "个体工商户设立登记", 9, "个体户设立"),
            WaitView("A027", "灵活就业参保登记", 5, "灵活就业参保", Tag("老年优先", Tone.OK)),
            WaitView("A028", "居住证申领（首次）", 3, "居住证"),
            WaitView("A029", "营业执照变更登记", 1, "执照变更"),
        )

    def rail(self, now: NowView) -> RailView:
        return RailView(
            now,
            held=(HeldView("A019", "补拍照片", "居住证申领", "08:40"),),
            waiting=self.waiting(),
            waiting_total=7,
            today=(FigureView("21", "今日办件"), FigureView("9′", "平均用时"), FigureView("3", "在手")),
        )

    def keys(self, **states: CapState) -> tuple[KeyState, ...]:
        return tuple(KeyState(f"act_{name}", state) for name, state in states.items())

    def idle(self) -> CounterView:
        now = NowView("当前", "空闲 00:48", headline="等待叫号", hint=KeyHintView("F2", "呼叫下一位"))
        hero = HeroView(
            HeroKind.NEXT,
            "下一位",
            "居住证申领（首次）",
            "本窗口办理",
            ticket="A024",
            waited=("已等 ", Strong("6"), " 分"),
            button="呼叫下一位",
            action="act_callNext",
            second=KeyHintView("Shift F2", "选号呼叫"),
        )
        cases = (
            case(
                "9901-0003-000187",
                "居住证申领（首次）",
                "孙*",
                "公安审核中",
                ("红牌 超 1 天", 0, DueLevel.RED, "催办审核岗"),
            ),
            case(
                "9901-0003-000192",
                "营业执照变更登记",
                "钱*",
                "待发照",
                ("黄牌 今日 17:30", 0.12, DueLevel.YELLOW, "通知领照"),
            ),
            case(
                "9901-0003-000205",
                "食品经营许可（新办）",
                "赵**",
                "容缺待补 1 件",
                ("剩 1 天", 0.4, DueLevel.MIDDLE, "提醒补件"),
            ),
            case(
                "9901-0003-000211", "残疾人两项补贴申请", "周*", "上报市级", ("剩 3 天", 0.7, DueLevel.EASY, "记录联系")
            ),
            case(
                "9901-0003-000226", "灵活就业人员参保登记", "郑*", "社保审核中", ("剩 4 天", 0.75, DueLevel.EASY, "—")
            ),
            case(
                "9901-0003-000231",
                "户外招牌设置备案",
                "䶮*",
                "现场踏勘 11月19日",
                ("剩 5 天", 0.85, DueLevel.EASY, "—"),
            ),
        )
        side = SideView(
            "今日告示",
            tag=Tag("1 条未读", Tone.WARN),
            status="14:20 更新",
            notices=(
                NoticeView(
                    "医保参保转 A05、A06 窗口",
                    "今天 14:00 起",
                    (("A02 窗口设备检修。来 A03 问的，请说清去处。",),),
                    action="知道了",
                ),
                NoticeView(
                    "材料变化", "", (("居住证申领：", Strong("不再收"), "就业证明复印件，系统自动核验。"),), Tone.PLAIN
                ),
            ),
            devices=self.top().devices,
            devices_status=Tag("全部就绪", Tone.OK),
        )
        centre = IdleView(
            hero,
            tags=(Tag("红牌 1", Tone.ERR), Tag("黄牌 1", Tone.WARN)),
            detail="空闲时可处理，来人按 F2 不丢进度",
            cases=cases,
            facts=(
                FootFact("延时服务", ("17:00 停止取号，已取号的都办完",)),
                FootFact("今日已办", (Strong("21"), " 件")),
            ),
            say=("起立微笑：“您好，请坐，请问您办什么业务？”",),
        )
        keys = self.keys(callNext=CapState.PRIMARY, callChosen=CapState.NORMAL)
        return CounterView("idle", self.top(), self.rail(now), centre, side, keys)

    def now(self, timer: str = "04:12", progress: float = 0.35) -> NowView:
        return NowView(
            "正在办理",
            timer,
            ticket="A023",
            item="食品经营许可（新办）",
            progress=progress,
            footnote="同类平均 12 分钟",
        )

    def person(self) -> PersonView:
        return PersonView(
            "张*",
            "身份证读取 14:22",
            (Tag("经营者本人", Tone.PRI),),
            (FactView("证件号", "330***********001X"), FactView("手机号", "139****0001")),
            "示范县示例路 8 号 ***",
        )

    def entry(self, error: str = "") -> CounterView:
        view = self.idle()
        hero = HeroView(
            HeroKind.ENTRY,
            "离线选号",
            "输入群众手里的号",
            "按 Enter 开始办理，Esc 返回",
            placeholder="A023",
            error=error,
        )
        assert isinstance(view.centre, IdleView)
        return replace(view, centre=replace(view.centre, hero=hero))

    def calling(self) -> CounterView:
        view = self.idle()
        hero = HeroView(
            HeroKind.CALLING,
            "正在呼叫",
            "食品经营许可（新办）",
            "请放身份证，或按任意键开始",
            ticket="A023",
            waited=("已叫 ", Strong("1"), " 次"),
            button="重呼",
            action="act_recall",
            second=KeyHintView("F4", "过号"),
        )
        assert isinstance(view.centre, IdleView)
        now = NowView("呼叫中", "00:08", ticket="A023", item="食品经营许可（新办）")
        keys = self.keys(
            recall=CapState.PRIMARY, noShow=CapState.NORMAL, withdraw=CapState.NORMAL, readId=CapState.NORMAL
        )
        return replace(view, ui_state="calling", centre=replace(view.centre, hero=hero), rail=self.rail(now), keys=keys)

    def unknown_print(self) -> CounterView:
        view = self.idle()
        fault = FaultView(
            "ph.question",
            "这张单据出来了吗",
            "断电前正在打印 9901-0003-000245",
            (
                FaultOption("出来了，交给群众了", "不再打印", "记为已打印"),
                FaultOption("没有出来，再打一张", "标“补打 1”", "补打"),
            ),
        )
        assert isinstance(view.right, SideView)
        return replace(view, right=replace(view.right, fault=fault))


def case(number: str, item: str, who: str, state: str, due: tuple[str, float, DueLevel, str]) -> CaseRowView:
    text, left, level, step = due
    return CaseRowView(number, item, who, state, text, DueView(left, level, text), step)


def draw_slip() -> QImage:
    """A stand-in for the printer's bitmap: 576 dots wide, black on white."""
    image = QImage(576, 900, QImage.Format.Format_Mono)
    image.fill(1)
    painter = QPainter(image)
    font = QFont()
    font.setFamilies(["Noto Sans CJK SC", "LXGW WenKai", "HanaMinA", "HanaMinB"])
    y = 20
    lines = (
        ("示范县政务服务中心", 32, True),
        ("受理回执", 48, True),
        ("编号 9901-0003-000246", 24, True),
        ("─" * 24, 24, False),
        ("申请人　张*", 24, False),
        ("证件号　330***********001X", 24, False),
        ("事　项　食品经营许可（新办）", 24, False),
        ("─" * 24, 24, False),
        ("已收材料", 24, False),
        ("1 食品经营许可证申请书　　　　原件", 24, False),
        ("2 营业执照　　　　　　　　　　免交", 24, False),
        ("3 设备设施、经营布局文件　　　原件", 24, False),
        ("4 规章制度目录清单　　　　　　原件", 24, False),
        ("─" * 24, 24, False),
        ("承诺办结　2026年11月30日", 32, False),
        ("8 个工作日，法定 10 个工作日", 24, False),
        ("首问责任人　王五（0312）A03", 24, False),
    )
    for text, size, centred in lines:
        font.setPixelSize(size)
        painter.setFont(font)
        flag = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        painter.drawText(0, y, 576, size + 14, int(flag), text)
        y += size + 14
    painter.drawRect(0, y + 10, 160, 160)
    painter.end()
    return image
