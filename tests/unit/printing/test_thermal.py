"""Documents as ESC/POS bytes, and as the simulated printer prints them."""

import io

import pytest
import zxingcpp
from PIL import Image

from app.domain.paper.blocks import Block, Codes, Document, LeftRight, Rule, Seal, Title, Wrapped
from app.domain.paper.layout import TextLine, lay_out
from printing.profile import Charset, Cut, PrinterProfile
from printing.simulator import charset as simulated
from printing.simulator.paper import Paper, Roll
from printing.simulator.parser import Parser
from printing.thermal import encode

START, END = b"\x1b@\x1b3\x1e\x1c&", b"\x1bd\x04\x1dV\x01"


def body(*blocks: Block, charset: Charset = "gbk") -> bytes:
    data = encode(Document("SL-99", blocks), PrinterProfile(charset=charset))
    assert data.startswith(START)
    assert data.endswith(END)
    return data[len(START) : -len(END)]


def printed(document: Document, profile: PrinterProfile) -> Paper:
    roll = Roll(profile.dots, simulated.Charset(profile.charset))
    papers = [roll.take(command) for command in Parser().feed(encode(document, profile))]
    paper = papers[-1]
    assert paper is not None
    return paper


def test_a_line_of_text_is_its_gbk_bytes() -> None:
    assert body(Wrapped("受理A03")) == "受理A03\n".encode("gbk")


def test_a_title_is_doubled_for_chinese_and_for_latin_apart_and_then_set_back() -> None:
    title = "领取码 8306".encode("gbk")
    assert body(Title("领取码 8306")) == b" " * 13 + b"\x1b!\x30\x1c!\x0c" + title + b"\x1b!\x00\x1c!\x00\n"
    assert body(Title("受理")) == b" " * 20 + b"\x1c!\x0c" + "受理".encode("gbk") + b"\x1c!\x00\n"


def test_a_title_for_narrow_paper_is_doubled_in_height_only() -> None:
    data = encode(Document("SL-99", (Title("示范县政务服务中心"),)), PrinterProfile(columns=32, dots=384))
    assert b"\x1c!\x08" in data
    assert b"\x1c!\x0c" not in data


def test_a_name_outside_the_character_set_is_drawn_and_cut_off_behind_its_ink() -> None:
    drawn = body(Wrapped("䶮某："))
    assert drawn.startswith(b"\x1dv0\x00\x07\x00\x18\x00")
    assert drawn.endswith(b"\x1bJ\x06")
    assert len(drawn) == 8 + 7 * 24 + 3


def test_the_same_name_is_text_on_a_gb18030_printer() -> None:
    assert body(Wrapped("䶮某："), charset="gb18030") == "䶮某：\n".encode("gb18030")


def test_a_printer_without_a_chinese_font_gets_dots_for_chinese_and_text_for_rules() -> None:
    data = encode(Document("SL-99", (Rule("-"), Wrapped("受理"))), PrinterProfile(charset="raster-only"))
    assert b"-" * 48 + b"\n\x1dv0" in data
    assert b"\x1c&" not in data


@pytest.mark.parametrize(("cut", "end"), [("partial", b"\x1dV\x01"), ("full", b"\x1dV\x00"), ("none", b"\x1bd\x04")])
def test_the_paper_is_cut_as_the_printer_can(cut: Cut, end: bytes) -> None:
    assert encode(Document("SL-99", ()), PrinterProfile(cut=cut)).endswith(end)


def test_a_pair_of_codes_costs_less_than_800_bytes() -> None:
    codes = Codes(("ZW1:9901-0003-20261123-0017-4", "ZW1R:7QK2M9X4TBVH5C8RNDWE"), "扫码")
    assert len(body(codes)) < 800


def test_no_spaces_are_sent_at_the_end_of_a_line() -> None:
    assert b" \n" not in body(Wrapped("甲 "), LeftRight("左", "右"), LeftRight("左", " "), Seal("某局", "（章）"))


@pytest.mark.parametrize("charset", ["gbk", "gb18030", "gb2312"])
def test_the_printer_prints_the_lines_of_the_layout(charset: Charset) -> None:
    document = Document(
        "SL-99", (Title("受理通知书"), Rule("="), LeftRight("经办：0307号", "电话：0000"), Wrapped("䶮某："))
    )
    profile = PrinterProfile(charset=charset)
    paper = printed(document, profile)
    assert not paper.violations
    for line, text in zip(lay_out(document, 48), paper.lines, strict=False):
        assert isinstance(line, TextLine)
        assert text.strip() == line.text or text.startswith("[raster 56x24]")


def test_the_codes_on_the_paper_can_be_read() -> None:
    payloads = ("ZW1:9901-0003-20261123-0017-4", "ZW1R:7QK2M9X4TBVH5C8RNDWE")
    paper = printed(Document("SL-99", (Rule("-"), Codes(payloads, "扫码"))), PrinterProfile())
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(paper.png)).convert("L"))
    assert sorted(code.text for code in found) == sorted(payloads)
    assert paper.codes == payloads, "the simulated printer tells what a scanner reads off its paper"


def test_columns_that_do_not_fit_the_dots_are_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        PrinterProfile(columns=48, dots=384)


def test_a_drawn_line_costs_what_its_ink_costs() -> None:
    """The arithmetic of devices.md 3.4: 1736 bytes across 576 dots, 224 for three characters; then the feed."""
    feed = len(b"\x1bJ\x06")
    assert len(body(Wrapped("䶮" * 24))) == 1736 + feed
    assert len(body(Wrapped("䶮" * 3))) == 224 + feed


@pytest.mark.parametrize("charset", ["gbk", "gb18030", "gb2312", "raster-only"])
def test_paper_of_58_mm_holds_every_kind_of_line(charset: Charset) -> None:
    payloads = ("ZW1:9901-0003-20261123-0017-4", "ZW1R:7QK2M9X4TBVH5C8RNDWE")
    blocks = (Title("受理通知书"), Rule("="), Wrapped("䶮某某：" * 9), LeftRight("经办：0307号", "电话：0000"))
    narrow = PrinterProfile(charset=charset, columns=32, dots=384)
    paper = printed(Document("SL-99", (*blocks, Codes(payloads, "扫码"))), narrow)
    assert not paper.violations
    assert Image.open(io.BytesIO(paper.png)).width == 384
    assert paper.codes == payloads
