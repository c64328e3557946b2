"""The pages of a damaged store: what happened and what Enter does; then what is saved, what is not, what to do."""

from app.domain.renewal import Report, Why
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.door.state import DoorState, ToldDoor
from ui.screens.door.view_model import CardView, DoorView
from ui.texts import text

_MOST = 12
"""Numbers of operations that are named; the others are counted."""


def rebuilding(state: CounterState, door: DoorState) -> DoorView:
    """Return the page before the rebuild."""
    return DoorView(
        hall="本机数据库",
        window="本机",
        theme="数据有损坏，先重建再办件",
        days=wording.today(state.now_ms),
        title="本机数据库已损坏",
        detail="磁盘上有一处读不出来。按 Enter 重建：读得出来的全部救回，原文件移到一边保存，不删除。",
        fields=(),
        hint="",
        cards=(
            CardView(
                "重建做什么",
                (
                    ("没上传的", "一件一件读出来，核对签名，重建后马上传到服务器"),
                    ("已上传的", "服务器上都有，重新下载"),
                    ("正在打印的", "标成“不知道出没出纸”，由您看打印机后确认"),
                    ("原来的文件", "整份移到数据目录下 damaged- 开头的文件夹，留给系统管理员"),
                ),
            ),
            CardView(
                "在这之前",
                (
                    ("当面的群众", "请先在纸上记下姓名、事项和电话，重建好再录入"),
                    ("服务器不通", "重建照样能做；但要连上服务器重新登记后才能办件，先用纸质登记"),
                ),
            ),
        ),
        foot="一般半分钟以内。中途断电也不要紧，再打开时接着做",
        button="正在重建…" if door.checking else "重建",
        error=text(door.error, incident=state.incident) if door.error else "",
        busy=door.checking,
    )


def rebuilt(state: CounterState, door: DoorState, told: ToldDoor) -> DoorView:
    """Return the page with the report."""
    report = told.report
    restored = report.why is Why.RESTORED
    return DoorView(
        hall="本机数据库",
        window=told.window,
        theme="已从备份恢复" if restored else "已重建",
        days=wording.today(state.now_ms),
        title="数据库已从备份恢复，请看一遍" if restored else "数据库已重建，请看一遍",
        detail=f"{wording.moment(report.at_ms)} 完成。这台电脑已换用新的编号，办件编号从新的一段开始。",
        fields=(),
        hint="",
        cards=(CardView("救回了什么", _saved(report)), CardView("还缺什么，请这样做", _to_do(report))),
        foot="看过、核对过以后按 Enter，接着登录",
        button="看过了",
        error=text(door.error, incident=state.incident) if door.error else "",
        busy=door.checking,
    )


def _saved(report: Report) -> tuple[tuple[str, str], ...]:
    lines = [("没上传的", f"救回 {report.saved} 件，已交给服务器")]
    if report.visits:
        lines.append(("窗口上的", f"{report.visits} 位群众的办理接着办"))
    if report.papers:
        lines.append(("纸张", f"{report.papers} 张不知道出没出纸，登录后逐张确认"))
    if report.folder:
        lines.append(("原来的文件", f"保存在数据目录的 {report.folder}"))
    return tuple(lines)


def _to_do(report: Report) -> tuple[tuple[str, str], ...]:
    lines = []
    if report.missing:
        named = "、".join(str(each) for each in report.missing[:_MOST])
        more = " 等" if len(report.missing) > _MOST else ""
        lines.append(("没救回", f"{len(report.missing)} 件操作（第 {named}{more} 号）读不出来，服务器上也没有"))
    if report.why is Why.RESTORED:
        lines.append(("备份以后", "备份之后办的、又没来得及上传的，这里没有：请对照手上的纸质回执"))
    elif report.tail_unknown:
        lines.append(("最后几分钟", "损坏处之后的记录可能没有留下痕迹：请对照最近几分钟的纸质回执"))
    if report.rows_lost:
        lines.append(("查找列表", "个别记录没读出来；已上传的办件按 F7 从服务器能查到"))
    if report.missing or report.tail_unknown or report.why is Why.RESTORED:
        lines.append(("怎么核对", "逐张看回执上的办件编号，按 F7 查：查不到的，补录一次并告诉值班经理"))
    if not lines:
        lines.append(("", "没有缺。请抽一张最近的回执，按 F7 核对一下"))
    lines.append(("系统管理员", "磁盘可能坏了：请检查磁盘（chuangkou doctor），尽快更换"))
    return tuple(lines)
