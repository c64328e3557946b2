"""The sheet of a shift's end: nothing without an owner, and a paper that names what must not be forgotten."""

from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.handover import MAX_NOTE, Entry, EntryKind, Sheet, SheetPlace, Stock, handover_fields
from app.domain.paper.blocks import document_to_json
from app.domain.paper.fill import fill
from app.storage.slip_files import load_templates

MONDAY = date(2026, 11, 23)
CASES = (
    Entry(EntryKind.CASE, "c1", "9901-0003-20261120-0009-7", "个体工商户设立登记", "2026-11-24"),
    Entry(EntryKind.CASE, "c2", "9901-0003-20261123-0017-4", "食品经营许可（新办）", "2026-12-03"),
    Entry(EntryKind.TICKET, "v1", "A019", "市场准入"),
)


def place() -> SheetPlace:
    return SheetPlace("示范县政务服务中心", "A03", "JJ20261123-0003-01", 1_795_395_600_000, MONDAY, WorkCalendar())


def test_what_has_no_owner_blocks_until_all_is_given() -> None:
    sheet = Sheet("0302", "0301", CASES)
    assert sheet.ownerless == CASES
    sheet = sheet.give(2, "0302").give_rest("0301")
    assert sheet.ownerless == ()
    assert [each.owner for each in sheet.entries] == ["0301", "0301", "0302"]
    assert len(sheet.say(0, "好" * 100).entries[0].note) == MAX_NOTE


def test_the_paper_names_what_is_due_soon_and_what_was_said_of_the_rest() -> None:
    sheet = Sheet("0302", "0301", CASES, Stock(originals="执照 1 本", seals="受理专用章已入柜"))
    fields = handover_fields(sheet.give(2, "0302").give_rest("0301").say(1, "等健康证"), place())
    assert (fields["open_n"], fields["due_n"]) == (2, 1)
    assert fields["due"] == [{"n": 1, "case": "0009-7", "item": "个体工商户设立登记", "due": "11-24", "light": "黄"}]
    assert [each["text"] for each in fields["todos"]] == ["0017-4 交0301号：等健康证", "A019 挂起，交本人"]
    assert (fields["blanks"], fields["bills"]) == ("无", "无")


def test_the_paper_has_no_hole_whatever_is_filled_in() -> None:
    template = load_templates()["SL-14"]
    for sheet in (Sheet("0302", ""), Sheet("0302", "0301", CASES), Sheet("0302", "0301", CASES).say(0, "请盯着")):
        assert document_to_json(fill(template, handover_fields(sheet, place())))


def test_an_unsealed_original_needs_an_owner_and_stands_on_the_paper() -> None:
    original = Entry(EntryKind.ORIGINAL, "o1", "示食许受〔2026〕0003-0001号", "食品经营许可（新办）")
    sheet = Sheet("0302", "0301", (original,))
    assert sheet.ownerless == (original,)
    fields = handover_fields(sheet.give_rest("0301"), place())
    assert fields["open_n"] == 0
    assert [each["text"] for each in fields["todos"]] == ["示食许受〔2026〕0003-0001号 正本未盖章，交0301号"]
