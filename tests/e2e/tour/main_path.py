"""The main path by keyboard alone: five citizens, each with another outcome, and the manager who sees each at once."""

from dataclasses import dataclass, field

from album import Album
from books import Books
from counter import Citizen, Desk, open_desk
from floor import PLACE, Floor, Sight
from hall import Hall, Paper
from hands import Display, Window, until
from proofs import Proof
from reading import Reading

CLERK, COUNTER = "0302", "A03"
RARE = {
    "type": "resident", "name": "𠅤某某", "sex": "女", "ethnicity": "汉", "birth_date": "1966-06-06",
    "address": "示范县西河镇桥头村3组8号", "number": "990101196606060066", "issuer": "示范县公安局",
    "valid_from": "2018-05-10", "valid_to": "长期",
}  # fmt: skip
"""A name beyond the basic plane: neither GBK nor two bytes of UTF-16 have it."""
FIELDS = ("Xiangyang Canteen", "Hot dishes", "15400000001")
OFFICE, REASON = "City Bureau, Shifan Road 20", "The city itself licenses this kind of shop"


@dataclass
class Path:
    """What goes from citizen to citizen."""

    hall: Hall
    album: Album
    desk: Desk
    floor: Floor
    proof: Proof
    keys: int = 0
    numbers: list[str] = field(default_factory=list)
    slips: dict[str, str] = field(default_factory=dict)

    @property
    def books(self) -> Books:
        """The counter's book."""
        return self.proof.books

    def begin(self) -> None:
        """The next citizen's keys are counted from here."""
        self.keys = self.desk.window.keys_pressed

    def pressed(self, wanted: int, flow: str) -> None:
        """Hold the keys of this citizen against the flow's."""
        pressed = self.desk.window.keys_pressed - self.keys
        assert pressed == wanted, f"{flow}: {pressed} keys, not {wanted}"

    def next_number(self) -> str:
        """The number on the paper of whoever waits longest."""
        return self.numbers.pop(0)

    def keep(self, paper: Paper, slip: str, found: Reading) -> None:
        """Put a paper that was read back into the album."""
        self.album.paper(paper, slip)
        self.slips[slip] = found.text

    def paper(self) -> Paper:
        """The paper that comes out now, the only one since the last, once the book knows that it did."""
        paper = self.desk.one_paper()
        waiting = "state IN ('queued', 'sending')"
        until(lambda: not self.books.count("print_job", waiting), 5.0, "the book does not know of the paper")
        return paper


def open_path(hall: Hall, album: Album, display: Display) -> Path:
    """Place the windows: the clerk's above, the manager's below."""
    desk = open_desk(hall, display)
    floor = Floor(display)
    other_side = Window(display, "群众桌面")
    other_side.find(30.0)
    other_side.move(1930, 0, 960, 1080)
    desk.window.take_keyboard()
    desk.window.wait_title("等待叫号", 30.0)
    proof = Proof(Books(hall.data), CLERK, COUNTER)
    return Path(hall, album, desk, floor, proof, numbers=[f"A{n:03}" for n in range(1, 7)])


def committed(path: Path, sight: Sight, kind: str) -> None:
    """Hold what the manager saw against the commit of the newest operation of this kind."""
    path.floor.within_a_second(sight, path.books.last_operation(kind)["wall_ms"])


def fill(desk: Desk, texts: tuple[str, ...] = FIELDS) -> None:
    """The three things the card does not know; the last needs no Enter, F10 leaves it."""
    window = desk.window
    for place, text in enumerate(texts):
        window.write(text)
        if place < len(texts) - 1:
            window.press("Return")
    window.wait_title("可办")


def accepted(path: Path) -> None:
    """flows.md §1 with the answers suggested: 8 keys; SL-05 to somebody with a name no printer has."""
    desk, window = path.desk, path.desk.window
    path.begin()
    citizen = Citizen(desk.call(), "")
    assert citizen.number == path.next_number()
    desk.lay_card(citizen, RARE)
    window.press("2")
    window.wait_title("· 情形 ·")
    window.press("Return")
    window.wait_title("· 核对材料 ·")
    desk.materials()
    fill(path.desk)
    with path.floor.sees("受理", 受理=1) as sight:
        window.press("F10")
        window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
    committed(path, sight, "case.accepted")
    case = path.books.last_case()
    path.keep(paper := path.paper(), "SL-05-accepted", path.proof.acceptance(paper, case))
    path.album.step("accepted", "受理：姓名在基本平面之外，单据上照样有", place=PLACE)
    path.hall.lift_card()
    with path.floor.sees("办完", 办完=1) as sight:
        window.press("F2")
        window.wait_title("正在呼叫")
    committed(path, sight, "ticket.finished")
    path.pressed(8, "acceptance with suggested answers")


def sent_home(path: Path) -> str:
    """flows.md §2, item by pinyin, answers suggested, two missing: 10 keys; SL-06. Return what its QR code says."""
    desk, window = path.desk, path.desk.window
    path.keys = window.keys_pressed - 1  # the F2 that ended the citizen before has called this one
    citizen = Citizen(path.next_number(), "P1")
    desk.lay(citizen)
    window.press("s", "p", "Return")
    window.wait_title("· 情形 ·")
    window.press("Return")
    window.wait_title("· 核对材料 ·")
    window.press("3", "4", "plus")
    window.wait_title("可办")
    path.album.step("missing", "两件缺：一次说全")
    with path.floor.sees("一次性告知", 告知=1) as sight:
        window.press("F9")
        window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
    committed(path, sight, "case.noticed")
    case = path.books.last_case()
    found = path.proof.supplement(paper := path.paper(), case)
    path.keep(paper, "SL-06-sent-home", found)
    path.hall.lift_card()
    with path.floor.sees("办完", 办完=1) as sight:
        window.press("F12")
        window.wait_title("等待叫号")
    committed(path, sight, "ticket.finished")
    path.pressed(10, "one-time notice, pinyin item, two missing")
    return found.codes[0]


def back_with_the_papers(path: Path, code: str) -> None:
    """flows.md §3: the QR code of the notice is scanned, + F10 F12, and Enter in the two fields before the last."""
    window = path.desk.window
    noticed = path.books.last_case()
    path.begin()
    path.hall.do("scanner", do="scan", text=code)
    window.wait_title(r"正在办理 \S+ · 核对材料")
    path.album.step("returned", "扫告知书上的二维码：只剩缺的两件要看")
    window.press("plus")
    window.wait_title("· 表单 ·")
    fill(path.desk)
    with path.floor.sees("补齐受理", 受理=1) as sight:
        window.press("F10")
        window.wait_title("已办 .* 已出单", 10.0)
    committed(path, sight, "case.accepted")
    case = path.books.last_case()
    assert case["case_no"] == noticed["case_no"], "another case was opened"
    assert case["rev"] > noticed["rev"]
    path.keep(paper := path.paper(), "SL-05-returned", path.proof.acceptance(paper, case))
    window.press("F12")
    window.wait_title("等待叫号")
    path.pressed(3 + 2, "return with the missing papers")


def refused(path: Path) -> None:
    """flows.md §6: 10 keys; SL-07 with both remedies."""
    desk, window = path.desk, path.desk.window
    path.begin()
    citizen = Citizen(desk.call(), "P3")
    assert citizen.number == path.next_number()
    desk.lay(citizen)
    window.press("2")
    window.wait_title("· 情形 ·")
    window.press("F11", "2", "Tab")
    window.write(OFFICE)
    window.press("Tab", "Y", "Tab")
    window.write(REASON)
    window.wait_title("可办")
    path.album.step("refusing", "不予受理：依据、去哪里办、理由，缺一不可")
    with path.floor.sees("不予受理", 不受理=1) as sight:
        window.press("F11")
        window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
    committed(path, sight, "case.refused")
    case = path.books.last_case()
    path.keep(paper := path.paper(), "SL-07-refused", path.proof.refusal(paper, case, OFFICE, REASON))
    path.hall.lift_card()
    window.press("F12")
    window.wait_title("等待叫号")
    path.pressed(10, "not accepted")


def consulted(path: Path) -> None:
    """F12 1: a question that was answered ends the visit, without any paper."""
    desk, window = path.desk, path.desk.window
    path.begin()
    citizen = Citizen(desk.call(), "P7")
    assert citizen.number == path.next_number()
    desk.lay(citizen)
    with path.floor.sees("咨询", 办完=1) as sight:
        window.press("F12", "1", "2")
        window.wait_title("等待叫号")
    committed(path, sight, "ticket.finished")
    assert path.books.last_operation("ticket.finished")["payload"]["outcome"] == "answered"
    path.pressed(4, "consulted only")
    desk.no_paper()
    path.hall.lift_card()


def offline(path: Path) -> None:
    """Without the server: the number is typed, all else is the same; the manager learns of it once the link is back."""
    desk, window, hall = path.desk, path.desk.window, path.hall
    hall.do("demo", do="stop-server")
    window.wait_title("离线", 15.0)
    path.floor.window.wait_title("离线", 15.0)
    path.begin()
    citizen = Citizen(path.next_number(), "P4")
    window.press("F2")
    desk.present(citizen)
    desk.lay(citizen)
    window.press("2")
    window.wait_title("· 情形 ·")
    window.press("Return")
    window.wait_title("· 核对材料 ·")
    desk.materials()
    fill(path.desk)
    window.press("F10")
    window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
    case = path.books.last_case()
    path.keep(paper := path.paper(), "SL-05-offline", path.proof.acceptance(paper, case))
    hall.lift_card()
    window.press("F12")
    window.wait_title("等待叫号")
    path.pressed(8 + 1, "acceptance offline, number typed")
    path.album.step("manager-offline", "离线：值班台变灰，写明最后更新", place=PLACE)
    with path.floor.sees("离线受理", 90.0, 受理=1, 办完=1) as sight:
        hall.do("demo", do="start-server")
        until(lambda: "离线" not in window.title, 60.0, "the link did not come back")
    path.floor.within_a_second(sight, path.books.server_heard(case["case_id"], "case.accepted"))
    path.album.step("manager", "值班台：每一种结果都在一秒之内看到", place=PLACE)
    path.books.compare_soon()


def walk(path: Path) -> None:
    """All five, one after the other."""
    accepted(path)
    back_with_the_papers(path, sent_home(path))
    refused(path)
    consulted(path)
    offline(path)
    for what, delay in path.floor.delays:
        path.album.note(f"{what}：提交后 {delay} 毫秒，值班台上看得见")
