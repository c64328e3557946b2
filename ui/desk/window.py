"""The desk window: buttons for what the citizen does on the left, the papers that came out on the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.id_card import IdCard
from ui.background import Background
from ui.desk.scanning import PaperCodes, Scan, TicketShelf
from ui.desk.world import Paper, World, WorldState
from ui.widgets.parts import scrolling

POLL_MS = 500
PAPERS_SHOWN = 12
PAPER_WIDTH = 420


_CARD = {
    "no_card": "没有证件",
    "present": "放着证件",
    "found": "放着证件",
    "selected": "正在读",
    "read": "证件已读",
    "must_lift": "要拿起再放",
}
_PRINTER = {
    "ready": "就绪",
    "paper_out": "缺纸",
    "near_end": "纸快用完",
    "cover_open": "开着盖",
    "cutter_jammed": "切刀卡住",
    "switched_off": "断电",
    "silent": "不应答",
}


class DeskWindow(QWidget):
    """Looks at the world twice a second and shows what is true of it."""

    def __init__(self, world: World, people: dict[str, IdCard], background: Background) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle("群众桌面 · 窗口演示")
        self.resize(QSize(960, 953).boundedTo(self.screen().availableSize()))
        self._world = world
        self._background = background
        self._shown: dict[int, QWidget] = {}
        self._looking = False
        self._status = _label("正在看……", "desk_status")
        self._tray = QVBoxLayout()
        self._tray.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        left = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._left(people))
        area = scrolling(inside)
        area.setMinimumWidth(inside.sizeHint().width())
        left.addWidget(area, 1)
        left.addWidget(self._status)
        layout.addLayout(left)
        layout.addWidget(self._right(), 1)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(POLL_MS)
        self._look()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop looking."""
        self._timer.stop()
        self._background.close()
        super().closeEvent(event)

    def _left(self, people: dict[str, IdCard]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        world = self._world
        numbers = [(f"取 {code} 号", partial(world.take_number, code)) for code in world.businesses[:4]]
        column.addWidget(self._box("取号", [*numbers]))
        self._shelf = TicketShelf(self._scan)
        column.addWidget(self._shelf)
        cards = [(f"{name}  {card.name}", partial(world.lay, name)) for name, card in people.items()]
        column.addWidget(self._box("放上身份证", [*cards, ("拿走身份证", world.lift)]))
        column.addWidget(
            self._box(
                "网线", [("剪断", partial(world.network, whole=False)), ("接上", partial(world.network, whole=True))]
            )
        )
        column.addWidget(
            self._box(
                "打印机",
                [
                    ("缺纸", partial(world.printer, "paper_out")),
                    ("开盖", partial(world.printer, "cover_open")),
                    ("断电", partial(world.printer, "die")),
                    ("修好", partial(world.printer, None)),
                ],
            )
        )
        column.addWidget(
            self._box(
                "机器",
                [
                    ("停服务器", partial(world.demo, "stop-server")),
                    ("开服务器", partial(world.demo, "start-server")),
                    ("拔柜面电源", partial(world.demo, "kill-counter")),
                    ("开柜面", partial(world.demo, "start-counter")),
                ],
            )
        )
        column.addStretch(1)
        column.setContentsMargins(0, 0, 14, 0)
        return column

    def _box(self, title: str, acts: list[tuple[str, Callable[[], object]]]) -> QFrame:
        box = QFrame()
        box.setObjectName("desk_box")
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 10, 12, 12)
        grid.addWidget(_label(title, "desk_box_title"), 0, 0, 1, 2)
        for n, (name, act) in enumerate(acts):
            button = QPushButton(name)
            button.setObjectName(f"desk_button__{name}")
            button.setMinimumWidth(150)
            button.clicked.connect(partial(self._do, act))
            grid.addWidget(button, 1 + n // 2, n % 2)
        return box

    def _right(self) -> QWidget:
        inside = QWidget()
        inside.setLayout(self._tray)
        area = QScrollArea()
        area.setObjectName("desk_tray")
        area.setWidgetResizable(True)
        area.setWidget(inside)
        head = QHBoxLayout()
        head.addWidget(_label("打印机出的单子", "desk_tray_title"), 1)
        take = QPushButton("取走")
        take.clicked.connect(partial(self._do, self._world.take_papers))
        head.addWidget(take)
        column = QVBoxLayout()
        column.addLayout(head)
        column.addWidget(area, 1)
        holder = QWidget()
        holder.setLayout(column)
        return holder

    def _do(self, act: Callable[[], object], *_: object) -> None:
        def carried_out() -> str:
            try:
                answer = act()
            except OSError as error:
                return f"没办成：{error}"
            return f"取到 {answer}" if isinstance(answer, str) else ""

        self._background.run(carried_out, self._said, self._said)

    def _scan(self, code: str) -> None:
        self._do(partial(self._world.scan, code))

    def _said(self, words: str) -> None:
        if words:
            self._status.setText(words)
        self._look()

    def _look(self) -> None:
        if self._looking:
            return
        self._looking = True
        known = set(self._shown)

        def look() -> tuple[WorldState, list[Paper]]:
            state = self._world.state()
            return state, [self._world.paper(n) for n in state.papers[-PAPERS_SHOWN:] if n not in known]

        self._background.run(look, self._seen, self._blind)

    def _blind(self, incident: str) -> None:
        self._looking = False
        self._status.setText(f"看不到（{incident}）")

    def _seen(self, what: tuple[WorldState, list[Paper]]) -> None:
        self._looking = False
        state, fresh = what
        self._status.setText(_words(state))
        self._shelf.show_tickets(state.tickets)
        for index in set(self._shown) - set(state.papers):
            self._shown.pop(index).deleteLater()
        for paper in fresh:
            card = _paper(paper, self._scan)
            self._shown[paper.index] = card
            self._tray.insertWidget(0, card)


def _label(words: str, name: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _paper(paper: Paper, scan: Scan) -> QWidget:
    picture = QPixmap()
    picture.loadFromData(paper.png, "PNG")
    image = QLabel()
    image.setPixmap(picture.scaledToWidth(PAPER_WIDTH, Qt.TransformationMode.SmoothTransformation))
    faults = f"，{len(paper.violations)} 处不合规" if paper.violations else ""
    column = QVBoxLayout()
    column.addWidget(_label(f"第 {paper.index} 张，{paper.size} 字节{faults}", "desk_paper_title"))
    column.addWidget(image)
    column.addLayout(PaperCodes(paper.codes, scan))
    holder = QFrame()
    holder.setObjectName("desk_paper")
    holder.setLayout(column)
    return holder


def _words(state: WorldState) -> str:
    def part(name: str, value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - a three-valued fact
        return f"{name}：{'不知道' if value is None else yes if value else no}"

    return "\n".join(
        (
            part("网线", state.network, "通", "断"),
            part("服务器", state.server, "开着", "停了"),
            part("柜面", state.counter, "开着", "断电"),
            f"读卡器：{_CARD.get(state.card or '', '不知道')}",
            part("扫码枪", state.scanner, "接着柜面", "没有接上柜面"),
            f"打印机：{_PRINTER.get(state.printer or '', '不知道')}，托盘里 {len(state.papers)} 张",
        )
    )
