"""The counter as a clerk uses it: keys in, the title bar and the paper out."""

from dataclasses import dataclass, field

from hall import Paper, Plugs
from hands import Display, Window, until

FOOD_LICENCE = "2"
"""The second of the two items a ticket of business A may be about."""
ANSWERS = ("2", "1", "1", "1")


@dataclass
class Citizen:
    """Somebody with a queue number and a demo card."""

    number: str
    card: str
    shop: str = "Xiangyang Canteen"


@dataclass
class Desk:
    """The clerk's keyboard and eyes."""

    hall: Plugs
    window: Window
    seen: int = 0
    papers: list[Paper] = field(default_factory=list)

    def call(self) -> str:
        """F2: return the number that was called."""
        self.window.press("F2")
        return self.window.wait_title(r"正在呼叫 (\w+)").split("正在呼叫 ")[1].split(" ")[0]

    def present(self, citizen: Citizen) -> None:
        """Type the number on the paper in the citizen's hand."""
        self.window.write(citizen.number)
        self.window.press("Return")
        self.window.wait_title(f"正在办理 {citizen.number}")

    def lay(self, citizen: Citizen) -> None:
        """The citizen lays the card; the clerk waits for the strip to fill."""
        self.hall.do("sam", do="lay", person=citizen.card)
        self.window.wait_title(f"正在办理 {citizen.number} · 事项 · 已读证")

    def lay_card(self, citizen: Citizen, card: dict[str, str]) -> None:
        """The same with a card of other fields than the demo's."""
        self.hall.do("sam", do="lay", card=card)
        self.window.wait_title(f"正在办理 {citizen.number} · 事项 · 已读证")

    def item_and_situations(self) -> None:
        """A digit for the item, a digit for every situation."""
        self.window.press(FOOD_LICENCE)
        self.window.wait_title("· 情形 ·")
        for answer in ANSWERS:
            self.window.press(answer)
        self.window.wait_title("· 核对材料 ·")

    def materials(self) -> None:
        """Everything lies on the desk."""
        self.window.press("plus")
        self.window.wait_title("· 表单 ·")

    def form(self, citizen: Citizen) -> None:
        """The three things the card does not know."""
        for text in (citizen.shop, "Hot dishes", "15400000001"):
            self.window.write(text)
            self.window.press("Return")
        self.window.wait_title("可办")

    def accept(self, citizen: Citizen) -> Paper:
        """F10; return the paper that came out."""
        before = len(self.hall.papers())
        self.window.press("F10")
        self.window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
        self.hall.lift_card()
        papers = until(lambda: self.hall.papers()[before:], 5.0, "no paper came out")
        assert len(papers) == 1, [each.text for each in papers]
        assert not papers[0].violations, papers[0].violations
        return papers[0]

    def one_paper(self) -> Paper:
        """Take the paper that came out since the last was taken; one and no more."""
        fresh = until(lambda: self.hall.papers()[self.seen :], 5.0, "no paper came out")
        assert len(fresh) == 1, [each.text for each in fresh]
        self.seen += 1
        return fresh[0]

    def no_paper(self) -> None:
        """Nothing came out since the last paper was taken."""
        assert len(self.hall.papers()) == self.seen, "a paper came out"

    def whole_page(self, citizen: Citizen) -> Paper:
        """From the laid card to the paper."""
        self.lay(citizen)
        self.item_and_situations()
        self.materials()
        self.form(citizen)
        return self.accept(citizen)


def open_desk(hall: Plugs, display: Display) -> Desk:
    """Find the counter's window and place it as on a full screen."""
    window = Window(display, "A03 窗口")
    window.find(30.0)
    window.move(0, 0, 1920, 1080)
    window.wait_title("等待叫号|正在|已办", 30.0)
    return Desk(hall, window)
