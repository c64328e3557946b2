"""The chapters of the tour, in their order; each leaves the hall ready for the next."""

from dataclasses import dataclass, field

from album import Album
from books import Books
from counter import ANSWERS, FOOD_LICENCE, Citizen, Desk, open_desk
from hall import Hall
from hands import Window, until
from originals import the_original_is_sealed

ALREADY_THERE = 6
"""Citizens the demo itself lets in."""
ON_THE_WIRE = 1_500
"""Bytes: nearly the whole paper lies in the printer then, and what is reset is all of it."""
NUMBERS = 14
OFFLINE_CITIZENS = 7
OPERATIONS_OFFLINE = 20


@dataclass
class Tour:
    """What goes from chapter to chapter. ``numbers`` are the queue numbers not called yet, in order."""

    hall: Hall
    album: Album
    desk: Desk
    numbers: list[str] = field(default_factory=list)

    def next_number(self) -> str:
        """The number on the paper of whoever waits longest."""
        return self.numbers.pop(0)


def begin(hall: Hall, album: Album) -> Tour:
    """Place the windows and let citizens take numbers."""
    other_side = Window(album.display, "群众桌面")
    other_side.find(30.0)
    other_side.move(1930, 0, 960, 1080)
    tour = Tour(hall, album, open_desk(hall, album.display))
    tour.desk.window.wait_title("等待叫号", 30.0)
    for _ in range(NUMBERS):
        hall.take_number("A")
    tour.numbers = [f"A{n:03}" for n in range(1, ALREADY_THERE + NUMBERS + 1)]
    return tour


def one_citizen_served(tour: Tour) -> None:
    """Screens 01, 02, 04: called, read, checked, filled, accepted, printed; one key ends it and calls the next."""
    desk, album = tour.desk, tour.album
    album.step("idle", "等待叫号：下一位在上，手上的件在下", "01-idle")
    before = desk.window.keys_pressed
    citizen = Citizen(desk.call(), "P6")
    assert citizen.number == tour.next_number()
    album.step("calling", f"F2：正在呼叫 {citizen.number}")
    desk.lay(citizen)
    album.step("card", "身份证放上，人名条自动填好")
    desk.window.press(FOOD_LICENCE)
    desk.window.wait_title("· 情形 ·")
    album.step("situations", "数字键选事项，问清情形")
    for answer in ANSWERS:
        desk.window.press(answer)
    desk.window.wait_title("· 核对材料 ·")
    album.step("materials", "情形定出材料清单", "02-serving-checklist")
    desk.materials()
    album.step("form", "+ 其余全齐，光标在第一个要填的格子")
    desk.form(citizen)
    album.step("filled", "三项填好，F10 亮起")
    paper = desk.accept(citizen)
    album.step("issued", "F10：一次提交，受理通知书已打印", "04-accepted-receipt")
    album.paper(paper, "accepted")
    assert "受理通知书" in paper.text, paper.text
    assert "查询码" in paper.text, paper.text
    assert len(paper.data) <= 2_600, f"the receipt has {len(paper.data)} bytes"
    following = desk.call()
    album.step("next", f"F2：办毕，同一个键叫下一位 {following}")
    assert following == tour.next_number()
    # F2, the item, four situations, +, Enter after each of three free fields, F10, F2
    pressed = desk.window.keys_pressed - before
    assert pressed == 1 + 1 + len(ANSWERS) + 1 + 3 + 1 + 1, f"{pressed} keys were pressed"
    desk.whole_page(Citizen(following, "P1"))


def the_server_stops(tour: Tour) -> None:
    """Screen 05: the chip turns grey, nobody stops working, and later every act arrives exactly once."""
    desk, album, hall = tour.desk, tour.album, tour.hall
    called = desk.call()
    assert called == tour.next_number()
    in_the_middle = Citizen(called, "P4")
    desk.lay(in_the_middle)
    desk.item_and_situations()
    books = Books(hall.data)
    known = books.server_operations()
    hall.do("demo", do="stop-server")
    desk.window.wait_title("离线", 15.0)
    album.step("offline", "服务器停了：同步标志变灰，手里的活接着做")
    desk.materials()
    desk.form(in_the_middle)
    album.paper(desk.accept(in_the_middle), "offline-accepted")
    album.step("offline-issued", "离线受理、离线打印")
    for n in range(OFFLINE_CITIZENS):
        citizen = Citizen(tour.next_number(), ("P1", "P3", "P7", "P8")[n % 4])
        desk.window.press("F2")
        desk.window.wait_title("等待叫号")
        if n == 0:
            album.step("presented", "F2：请群众出示号票，输入票上的号码")
        desk.present(citizen)
        paper = desk.whole_page(citizen)
        if n == 0:
            album.paper(paper, "offline-presented")
    waiting = books.counter_outbox()
    assert waiting >= OPERATIONS_OFFLINE, f"only {waiting} operations wait"
    album.step("outbox", f"离线办了一上午：{waiting} 项待同步")
    hall.do("demo", do="start-server")
    until(lambda: "离线" not in desk.window.title, 90.0, "the link did not come back")
    until(lambda: books.counter_outbox() == 0, 30.0, "the outbox did not empty")
    album.step("synced", "服务器回来：补传完毕，没有重录")
    assert len(books.server_operations()) >= len(known) + OPERATIONS_OFFLINE
    books.compare_soon()


def the_power_goes(tour: Tour) -> None:
    """kill -9 before the commit, after it before printing, and while the paper is on the wire."""
    before_the_commit(tour)
    before_the_paper(tour)
    in_the_middle_of_the_paper(tour, came_out=True)
    in_the_middle_of_the_paper(tour, came_out=False)
    Books(tour.hall.data).compare_soon()


def before_the_commit(tour: Tour) -> None:
    """(a) The page comes back as it was left, and nothing was printed."""
    desk, album, hall = tour.desk, tour.album, tour.hall
    citizen = Citizen(desk.call(), "P1")
    desk.lay(citizen)
    desk.item_and_situations()
    desk.materials()
    desk.window.write(citizen.shop)
    desk.window.press("Return")
    desk.window.write("Hot")
    papers = len(hall.papers())
    until(lambda: Books(hall.data).draft_holds("Hot"), 5.0, "the journal was not kept")
    restart(tour)
    desk.window.wait_title(f"正在办理 {citizen.number} · 表单 · 已读证", 20.0)
    album.step("power-a", "断电 (a)：提交之前。开机后还在这一格，内容都在")
    assert len(hall.papers()) == papers, "something was printed"
    desk.window.write(" dishes")
    desk.window.press("Return")
    desk.window.write("15400000001")
    desk.window.wait_title("可办")
    desk.accept(citizen)


def before_the_paper(tour: Tour) -> None:
    """(b) Committed, but the printer had no paper: it comes out once, by itself, after the restart."""
    desk, album, hall = tour.desk, tour.album, tour.hall
    citizen = Citizen(desk.call(), "P3")
    desk.lay(citizen)
    desk.item_and_situations()
    desk.materials()
    desk.form(citizen)
    papers = len(hall.papers())
    hall.do("printer", do="fault", kind="paper_out")
    until(lambda: hall.do("printer", do="state")["paper_out"], 5.0, "the printer still has paper")
    desk.window.press("F10")
    desk.window.wait_title(f"已办 {citizen.number} · 待出单")
    album.step("paper-out", "打印机缺纸：单据没丢，装纸自动续打", "05-offline-printer-fault")
    restart(tour)
    desk.window.wait_title(f"已办 {citizen.number} · 待出单", 20.0)
    album.step("power-b", "断电 (b)：提交之后、打印之前。开机后仍在等纸")
    hall.do("printer", do="mend")
    desk.window.wait_title(f"已办 {citizen.number} · 已出单", 15.0)
    fresh = hall.papers()[papers:]
    assert len(fresh) == 1, f"{len(fresh)} papers instead of one"
    assert "补打" not in fresh[0].text
    hall.lift_card()


def in_the_middle_of_the_paper(tour: Tour, *, came_out: bool) -> None:
    """(c) Nobody knows whether it came out: the clerk looks and says so; a second paper bears 补打."""
    desk, album, hall = tour.desk, tour.album, tour.hall
    citizen = Citizen(desk.call(), "P1" if came_out else "P8")
    desk.lay(citizen)
    desk.item_and_situations()
    desk.materials()
    desk.form(citizen)
    papers = len(hall.papers())
    hall.do("printer", do="fault", kind="slow", bytes_per_second=200)
    desk.window.press("F10")
    until(lambda: hall.do("printer", do="state")["queued_bytes"] > ON_THE_WIRE, 10.0, "the paper is not on the wire")
    hall.kill_counter()
    if not came_out:
        hall.do("printer", do="fault", kind="reset")
    hall.do("printer", do="mend")
    if came_out:
        until(lambda: len(hall.papers()) == papers + 1, 20.0, "the buffered paper did not come out")
    start_again(tour)
    desk.window.wait_title(f"已办 {citizen.number} · 单据存疑", 20.0)
    name = "power-c" if came_out else "power-c-lost"
    album.step(name, "断电 (c)：打印中途。请窗口人员看一眼打印机")
    desk.window.press("ctrl+1" if came_out else "ctrl+2")
    desk.window.wait_title(f"已办 {citizen.number} · 已出单", 15.0)
    *torn, paper = hall.papers()[papers:]
    assert len(torn) == (0 if came_out else 1), f"{len(torn)} papers before it"
    assert ("补打" in paper.text) is not came_out, paper.text
    album.paper(paper, name)
    hall.lift_card()


def restart(tour: Tour) -> None:
    """The power of the counter PC goes, and comes back."""
    tour.hall.kill_counter()
    start_again(tour)


def start_again(tour: Tour) -> None:
    """The power of the counter PC comes back."""
    tour.hall.do("demo", do="start-counter")
    tour.desk.window.find(30.0)
    tour.desk.window.move(0, 0, 1920, 1080)


def the_next_morning(hall: Hall, album: Album) -> None:
    """The same data directory again: nobody waits twice, nothing was forgotten."""
    before = Books(hall.data).server_operations()
    desk = open_desk(hall, album.display)
    desk.window.wait_title("已办 A014", 30.0)
    album.step("again", "第二次 make run：接着昨天的屏幕")
    assert Books(hall.data).server_operations()[: len(before)] == before
    citizen = Citizen(desk.call(), "P1")
    desk.whole_page(citizen)
    Books(hall.data).compare_soon()


CHAPTERS = (one_citizen_served, the_original_is_sealed, the_server_stops, the_power_goes)
