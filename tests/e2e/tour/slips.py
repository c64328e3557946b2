"""Every other slip an act of the counter prints, each of a case that was driven by keys, read back from its bytes."""

import re
from datetime import datetime, timedelta, timezone

from books import Books
from counter import Citizen, Desk
from hall import Paper
from hands import Window, until
from main_path import CLERK, COUNTER, RARE, Path, fill
from proofs import Proof, sound
from second import GuideDesk, SecondWindow

CHINA = timezone(timedelta(hours=8))
BESIDE = (1920, 1085, 1080, 600)
"""Left, top, width and height of the second window: the narrowest layout there is."""
HELPER, HELP_WINDOW = "0323", "D02"
HEIR = "0303"
GUIDE = "0801"
TOPIC = "Building a house in the village"


def numbers(path: Path) -> None:
    """SL-01, two keys: three citizens take numbers at the kiosk, the fourth asks at the guide desk."""
    path.numbers += [path.hall.take_number("A") for _ in range(3)]
    with GuideDesk(path.hall, path.album.display, GUIDE) as there:
        window = Window(path.album.display, "^导办台")
        window.find(30.0)
        window.move(*BESIDE)
        window.wait_title("等候 ", 30.0)
        window.take_keyboard()
        window.press("a", "Return")
        window.wait_title("已打印", 10.0)
        assert window.keys_pressed == len(("a", "Return"))
        number = re.search(r"(A\d+) 已打印", window.title)
        assert number, window.title
        path.album.step(
            "guide", "导办台：按字母出票", place=(*BESIDE[:2], BESIDE[0] + BESIDE[2], BESIDE[1] + BESIDE[3])
        )
        (paper,) = there.papers()
    path.numbers.append(number[1])
    today, ahead = datetime.now(CHINA), len(path.numbers) - 1
    found = sound(
        paper, "排队号票", number[1], "市场准入", f"前面等候：{ahead}人", f"取号时间：{today:%Y-%m-%d}", COUNTER
    )
    assert found.codes == (f"ZW1N:9901-{today:%Y%m%d}-{number[1]}",), found.codes
    path.keep(paper, "SL-01-number", found)
    path.desk.window.take_keyboard()


def told_what_is_needed(path: Path) -> None:
    """SL-03: a question answered on paper, F12 1 1."""
    citizen = _called(path, "P8")
    window = path.desk.window
    window.press("2")
    window.wait_title("· 情形 ·")
    window.press("Return", "F12", "1", "1")
    _out(path, citizen)
    path.keep(paper := path.paper(), "SL-03-told", path.proof.consultation(paper, "ITM-02"))
    _gone(path)


def registered(path: Path) -> None:
    """SL-02: a question that nobody here can answer is registered, with who answers by when."""
    citizen = _called(path, "P4")
    window = path.desk.window
    window.press("F12", "2")
    window.write(TOPIC)
    window.press("Return")
    _out(path, citizen)
    contact = path.books.last_operation("contact.registered")["payload"]
    found = sound(
        paper := path.paper(), "首问登记回执", contact["no"], TOPIC, f"首问责任人：{CLERK}号（{COUNTER}窗口）",
        f"承接人：{contact['owner']}", f"最迟答复：{contact['due']}",
    )  # fmt: skip
    assert not found.codes
    path.keep(paper, "SL-02-registered", found)
    _gone(path)


def done_on_the_spot(path: Path) -> None:
    """SL-11 即办件, 7 keys and the last one; then 补打, 更正 and 作废 of the same paper."""
    path.begin()
    citizen = _called(path, "P7")
    window = path.desk.window
    window.press("1")
    window.wait_title("· 情形 ·")
    window.press("Return")
    window.wait_title("· 核对材料 ·")
    path.desk.materials()
    fill(path.desk, ("Xiangyang Canteen", "Hot dishes", "3"))
    window.press("F10")
    _out(path, citizen)
    path.pressed(5 + 2, "on the spot, three free fields")
    case = path.books.last_case()
    path.keep(paper := path.paper(), "SL-11-on-the-spot", path.proof.completion(paper, case))
    _reprinted(path, citizen, paper)
    _corrected(path, citizen)
    _voided(path)
    _gone(path)


def _reprinted(path: Path, citizen: Citizen, paper: Paper) -> None:
    """Ctrl+P: the same paper with 补打 1 above it, and not a word changed."""
    first = path.proof.completion(paper, path.books.last_case())
    path.desk.window.press("ctrl+p")
    again = path.proof.completion(copy := path.paper(), path.books.last_case())
    assert again.lines[0].strip() == "补打 1", again.lines[0]
    assert (again.lines[1:], again.codes) == (first.lines, first.codes)
    path.keep(copy, "SL-11-reprinted", again)
    path.desk.window.wait_title(f"已办 {citizen.number} · 已出单，补打 1", 10.0)


def _corrected(path: Path, citizen: Citizen) -> None:
    """Ctrl+E 1 1 F10: the next revision under the same number, 更正 1 above it."""
    window = path.desk.window
    before = path.books.last_case()
    window.press("ctrl+e", "1", "1")
    window.wait_title(f"正在办理 {citizen.number} .* 可办")
    window.press("F10")
    _out(path, citizen)
    case = path.books.last_case()
    assert (case["case_no"], case["rev"]) == (before["case_no"], before["rev"] + 1)
    found = path.proof.completion(paper := path.paper(), case)
    assert found.lines[0].strip() == "更正 1", found.lines[0]
    path.keep(paper, "SL-11-corrected", found)
    path.album.step("corrected", "更正：同一个编号，单据上写着更正 1")


def _voided(path: Path) -> None:
    """Ctrl+E 2 3: the paper is taken back, nothing is printed, the book keeps both."""
    path.desk.window.press("ctrl+e", "2", "3")
    until(lambda: path.books.last_case()["state"] == "voided", 5.0, "the paper was not voided")
    path.album.step("voided", "作废：收回单据，留档备查，不再打印")
    path.desk.no_paper()


def withdrawn(path: Path, case_no: str) -> None:
    """SL-08: the citizen with the rare name takes the application back."""
    window = path.desk.window
    citizen = Citizen(path.desk.call(), "")
    assert citizen.number == path.next_number()
    path.desk.lay_card(citizen, RARE)
    window.press("F12", "5")
    window.write(case_no)
    window.press("Return")
    _out(path, citizen)
    path.keep(paper := path.paper(), "SL-08-withdrawn", path.proof.withdrawal(paper, path.books.case(case_no)))
    _gone(path)


def handed_on(path: Path) -> None:
    """SL-09 here, SL-04 there: F6 to the helpers' window, which takes the papers in and accepts nothing."""
    with SecondWindow(path.hall, path.album.display, HELP_WINDOW, HELPER) as there:
        citizen = _called(path, "P3")
        window = path.desk.window
        window.press("2")
        window.wait_title("· 情形 ·")
        helper = Desk(there, Window(path.album.display, f"{HELP_WINDOW} 窗口"))
        helper.window.find(30.0)
        helper.window.move(*BESIDE)
        helper.window.wait_title("等待叫号", 30.0)
        window.take_keyboard()
        window.press("F6", "d", "0", "2", "Return")
        window.wait_title("等待叫号")
        found = sound(
            paper := path.paper(), "转窗引导单", HELP_WINDOW, citizen.number, "食品经营许可", f"{COUNTER}窗口"
        )
        path.keep(paper, "SL-09-handed-on", found)
        path.hall.lift_card()
        _taken_in(path, helper, Proof(Books(there.data), HELPER, HELP_WINDOW), citizen)
    window.take_keyboard()


def _taken_in(path: Path, helper: Desk, proof: Proof, citizen: Citizen) -> None:
    """The offer is taken with one key; what this window may do with a licence is to take it in."""
    window = helper.window
    window.take_keyboard()
    until(lambda: "正在呼叫" in window.title or window.press("1"), 10.0, "the citizen was not offered")
    helper.lay(citizen)
    window.press("s", "p", "Return")
    window.wait_title("· 情形 ·")
    window.press("Return")
    window.wait_title("· 核对材料 ·")
    helper.materials()
    fill(helper)
    path.album.step("intake", "帮办窗口：只能收件", place=(*BESIDE[:2], BESIDE[0] + BESIDE[2], BESIDE[1] + BESIDE[3]))
    window.press("F10")
    window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
    path.keep(paper := helper.one_paper(), "SL-04-taken-in", proof.intake(paper, proof.books.last_case()))
    window.press("F12")
    window.wait_title("等待叫号")


def handed_over(path: Path) -> None:
    """SL-14, flows.md §15: 7 keys; then §14: the successor's number stands there, a password and one key open it."""
    window = path.desk.window
    in_hand = path.books.count("case_record", "state IN ('accepted', 'received', 'supplement_noticed')")
    path.begin()
    window.press("F7")
    window.wait_title("· 查询")
    window.press("j", "j", "Return")
    window.wait_title("· 交班")
    path.album.step("handover", "交班：每件都要有着落")
    window.press("Return", "plus", "F10")
    window.wait_title("· 登录", 10.0)
    path.pressed(7, "handover")
    found = sound(
        paper := path.paper(), "窗口交接班单", f"交接号：JJ{datetime.now(CHINA):%Y%m%d}-", f"窗口：{COUNTER}",
        f"交班：{CLERK}号", f"接班：{HEIR}号", f"在办件{in_hand}件", "身份证读卡器",
    )  # fmt: skip
    path.keep(paper, "SL-14-handed-over", found)
    path.begin()
    window.write(path.hall.credentials["clerks"][HEIR])
    window.press("Return")
    window.wait_title("等待叫号", 10.0)
    path.pressed(1, "shift start")
    path.album.step("heir", "接班的人登录：第一屏就是交给他的件")


def _called(path: Path, card: str) -> Citizen:
    """Call whoever waits longest, who lays a card."""
    citizen = Citizen(path.desk.call(), card)
    assert citizen.number == path.next_number()
    path.desk.lay(citizen)
    return citizen


def _out(path: Path, citizen: Citizen) -> None:
    path.desk.window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)


def _gone(path: Path) -> None:
    path.hall.lift_card()
    path.desk.window.press("F12")
    path.desk.window.wait_title("等待叫号")


def every_slip(path: Path) -> None:
    """All of them; the case of the rare name is the first that was accepted."""
    rare = path.books.first_case_no()
    numbers(path)
    told_what_is_needed(path)
    registered(path)
    done_on_the_spot(path)
    withdrawn(path, rare)
    handed_on(path)
    handed_over(path)
    path.books.compare_soon()
