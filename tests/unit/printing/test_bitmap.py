"""The picture of a slip: what the preview shows and what rare characters are printed from."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import ImageChops

from app.domain.paper.blocks import Codes, Document, Title, Wrapped
from app.domain.paper.layout import TextLine
from printing import fonts
from printing.bitmap import BLACK, draw_text, render
from printing.profile import PrinterProfile

RARE = "䶮㛃𬱖𠅤𫖯𬭚㻬𬴂䢺𡐓𰻞\u9fb4\u9fef"
NARROW = PrinterProfile(columns=32, dots=384)


@pytest.mark.parametrize("profile", [PrinterProfile(), NARROW])
def test_the_picture_is_as_wide_as_the_printer_and_black_and_white(profile: PrinterProfile) -> None:
    picture = render(Document("SL-99", (Title("受理通知书"), Wrapped("䶮某："))), profile)
    assert (picture.mode, picture.width) == ("1", profile.dots)


def test_each_character_stands_in_its_own_cell() -> None:
    strip = draw_text(TextLine("中A中", indent=2), 576)
    ink = [x for x in range(576) if any(strip.getpixel((x, y)) == BLACK for y in range(24))]
    assert {x // 12 for x in ink} == {2, 3, 4, 5, 6}


@pytest.mark.parametrize("char", RARE)
def test_every_character_of_a_name_has_a_picture_of_its_own(char: str) -> None:
    unknown = draw_text(TextLine("\U0010fffd"), 48)
    drawn = draw_text(TextLine(char), 48)
    assert ImageChops.logical_xor(drawn, unknown).getbbox() is not None
    ink = sum(drawn.getpixel((x, y)) == BLACK for x in range(48) for y in range(24))
    assert ink > 40


@pytest.mark.parametrize("profile", [PrinterProfile(), NARROW])
def test_the_codes_of_a_slip_can_be_read_from_its_picture(profile: PrinterProfile) -> None:
    payloads = ("https://hall.example/q/9901-0003-20261123-0017-4", "ZW1R:7QK2M9X4TBVH5C8RNDWE")
    picture = render(Document("SL-99", (Wrapped("上"), Codes(payloads, "扫码"))), profile)
    assert sorted(code.text for code in zxingcpp.read_barcodes(picture.convert("L"))) == sorted(payloads)


def test_a_reprint_is_longer_by_the_line_that_says_so() -> None:
    document = Document("SL-99", (Wrapped("甲"),))
    assert render(document, NARROW, reprint=1).height == render(document, NARROW).height + 30


def test_a_missing_font_is_named_with_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(fonts.FONTS_VARIABLE, str(tmp_path))
    with pytest.raises(fonts.FontMissing) as caught:
        fonts.font_path(fonts.Face("No Such", "NoSuch.ttf", "fonts-no-such"))
    assert caught.value.package == "fonts-no-such"


def test_fonts_are_found_first_where_the_variable_points(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "Own.ttf"
    file.touch()
    monkeypatch.setenv(fonts.FONTS_VARIABLE, str(tmp_path))
    assert fonts.font_path(fonts.Face("Own", "Own.ttf", "fonts-own")) == file
