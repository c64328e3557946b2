"""What a printer's own font can print."""

import pytest

from printing.charset import encode
from printing.profile import Charset


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030"])
def test_ordinary_text_and_its_punctuation_are_text_on_every_printer(charset: Charset) -> None:
    assert encode("受理，A03：“—·”", charset) == "受理，A03：“—·”".encode("gbk")


@pytest.mark.parametrize(
    ("char", "charset", "code"),
    [
        ("镕", "gb2312", None),
        ("镕", "gbk", "镕".encode("gbk")),
        ("䶮", "gbk", None),
        ("䶮", "gb18030", "䶮".encode("gb18030")),
        ("𠅤", "gb18030", "𠅤".encode("gb18030")),
        ("\u9fb4", "gb18030", None),
        ("\u9fbb", "gb18030", None),
        ("¥", "gb18030", None),
        ("•", "gbk", None),
        ("é", "gb18030", "é".encode("gb18030")),
        ("\ue000", "gb18030", None),
        ("中", "raster-only", None),
        ("A", "raster-only", b"A"),
    ],
)
def test_a_character_outside_the_set_makes_the_line_a_drawing(char: str, charset: Charset, code: bytes | None) -> None:
    assert encode(char, charset) == code
