"""What a paper must say, worked out from the counter's own book by rules of the specification, not by the product."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from books import Books
from hall import Paper
from reading import Reading, read

SURE = 0.95
"""A drawn text is read when so many of its dots are where the font has them; another character reaches 0.6."""
REMEDIES = ("六十日内", "申请行政复议", "六个月内", "提起行政诉讼")


@dataclass(frozen=True)
class Proof:
    """Papers against the book of one counter; ``clerk`` and ``window`` stand on every paper of a case."""

    books: Books
    clerk: str
    window: str

    def of_case(self, paper: Paper, case: dict[str, Any], title: str, *more: str) -> Reading:
        """Check what every paper of a case has: title, person, number, codes, who is responsible; then ``more``."""
        found = sound(paper, title, *more)
        person = case["applicant"]
        name, number = person["name"], person["number"]
        printable = name == name.encode("gbk", "ignore").decode("gbk")
        assert found.says(name) if printable else found.drawn(name) >= SURE, f"{title} does not name the applicant"
        assert printable or "?" not in found.text, "a character was lost"
        assert found.says(f"{number[:3]}{'*' * 11}{number[-4:]}"), "no masked number"
        assert number not in found.words, "the whole number is on the paper"
        assert found.says(case["case_no"]), case["case_no"]
        assert found.says(f"查询码：{case['query_code']}"), "no query code"
        assert found.codes == (f"ZW1:{case['case_no']}", f"ZW1R:{case['rating_token']}"), found.codes
        assert found.says(f"{self.clerk}号"), "nobody is responsible"
        return found

    def acceptance(self, paper: Paper, case: dict[str, Any]) -> Reading:
        """SL-05: accepted on, promised and statutory last day, number of the document."""
        assert case["state"] == "accepted", case["state"]
        return self.of_case(
            paper, case, "受理通知书", case["item_name"], case["doc_no"],
            f"受理日期：{day(case['accepted_on'])}", f"最迟{day(case['promised_due'])}（8个工作日",
            f"最迟{day(case['statutory_due'])}（10个工作日）", f"{self.clerk}号 {self.window}窗口",
        )  # fmt: skip

    def supplement(self, paper: Paper, case: dict[str, Any]) -> Reading:
        """SL-06: exactly what the book has as missing, in the published order, and that nothing else will be asked."""
        short = self.materials(case, "missing", "defective")
        assert short, "nothing is missing"
        found = self.of_case(
            paper, case, "补正材料告知书", case["item_name"], case["doc_no"], "不再提出新的补正要求",
            *(f"{n}. {name}【" for n, name in enumerate(short, start=1)),
        )  # fmt: skip
        assert not found.says(f"{len(short) + 1}. "), "more is asked than the book has"
        return found

    def refusal(self, paper: Paper, case: dict[str, Any], *reasons: str) -> Reading:
        """SL-07: the reasons that were typed, and both remedies with their organs."""
        assert case["state"] == "refused", case["state"]
        remedy = self.books.catalogue()["remedies"]["default"]
        return self.of_case(
            paper, case, "不予受理通知书", case["item_name"], case["doc_no"], "第三十二条第一款第（二）项",
            *reasons, *REMEDIES, remedy["review_org"], remedy["court"], f"{self.clerk}号 {self.window}窗口",
        )  # fmt: skip

    def intake(self, paper: Paper, case: dict[str, Any]) -> Reading:
        """SL-04: what was handed in, that this is no acceptance, and by when an answer comes."""
        assert case["state"] == "received", case["state"]
        handed = self.materials(case, "ok")
        return self.of_case(
            paper, case, "收件凭证", case["item_name"], f"收到材料{len(handed)}项", "不等于受理",
            day(case["notice_due"]), *handed, f"{self.window}窗口",
        )  # fmt: skip

    def completion(self, paper: Paper, case: dict[str, Any]) -> Reading:
        """SL-11 即办件: done on the spot."""
        assert case["state"] == "delivered", case["state"]
        return self.of_case(paper, case, "即办件办结单", case["item_name"], day(case["accepted_on"]), "已当场办结")

    def withdrawal(self, paper: Paper, case: dict[str, Any]) -> Reading:
        """SL-08: every paper that was handed in goes back."""
        assert case["state"] == "withdrawn", case["state"]
        return self.of_case(
            paper, case, "退件告知单", case["item_name"], "申请人撤回", *self.materials(case, "ok"), "可以重新申请"
        )

    def consultation(self, paper: Paper, item_id: str) -> Reading:
        """SL-03: every material the published item asks for these answers, and who told it."""
        item = next(each for each in self.books.catalogue()["items"] if each["id"] == item_id)
        asked = [
            each["name"] for each in item["materials"] if each["necessity"] == "required" and not each.get("share")
        ]
        found = sound(
            paper, "一次性告知单", item["name"], f"共{len(asked)}项", *asked, "不收费", f"告知人：{self.clerk}号"
        )
        assert [code[:5] for code in found.codes] == ["ZW1R:"], found.codes
        return found

    def materials(self, case: dict[str, Any], *verdicts: str) -> list[str]:
        """The published names of the materials with one of these verdicts, in published order."""
        item = next(each for each in self.books.catalogue()["items"] if each["id"] == case["item_id"])
        marked = {key for key, each in case["verdicts"].items() if each["verdict"] in verdicts}
        return [each["name"] for each in item["materials"] if each["id"] in marked and not each.get("share")]


def sound(paper: Paper, title: str, *more: str) -> Reading:
    """Read a paper from its bytes: nothing a printer stumbles over, the right kind, everything on it."""
    assert not paper.violations, paper.violations
    found = read(paper.data)
    assert found.says(title), f"not a {title}: {found.text}"
    for words in more:
        assert found.says(words), f"{title} does not say {words!r}: {found.text}"
    return found


def day(iso: str) -> str:
    """Return ``2026年12月3日``."""
    there = date.fromisoformat(iso)
    return f"{there.year}年{there.month}月{there.day}日"
