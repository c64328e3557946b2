"""Templates of window displays: the two real frames, every kind of part, every check, and what a wrong one is told."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ports.window_display import Kind
from app.storage.messages import sentence
from devices.display.checks import KINDS
from devices.display.forms import Unfit
from devices.display.frames import Decoder, Heard, find
from devices.display.grammar import read_frame
from devices.display.parts import Match
from devices.display.preview import preview
from devices.display.template import FIELDS, FOLDER, BadTemplate, Template, load_template, shipped_or_own

VALUES = {"addr": 5, "ticket": "A023", "window": "A03", "text": "请张某某"}
DIGITS = b"123456789"


def made(line: str, **values: int | str) -> str:
    frame = read_frame(line, FIELDS)
    return b"".join(frame.render({**VALUES, **values})).hex().upper()


@pytest.mark.parametrize(
    ("name", "addr", "number", "frame"),
    [("four-byte", 5, 999, "0503E7EF"), ("seven-byte", 0, 888, "3A00780301B60A")],
)
def test_the_two_real_frames_come_out_of_the_shipped_templates(name: str, addr: int, number: int, frame: str) -> None:
    template = load_template(shipped_or_own(name, FOLDER))
    values = {**template.values, "addr": addr, "ticket": f"A{number}"}
    assert b"".join(template.frames[Kind.CALL].render(values)).hex().upper() == frame
    heard = Decoder([template]).take(bytearray.fromhex(frame))
    assert heard == Heard(Kind.CALL, {**template.values, "addr": addr, "ticket": number})


# Published: the CRC catalogue's check values over "123456789"; an Intel HEX record; an NMEA sentence; the real frame.
@pytest.mark.parametrize(
    ("kind", "data", "check"),
    [
        ("crc16-modbus", DIGITS, 0x4B37),
        ("crc16-ccitt", DIGITS, 0x29B1),
        ("crc16-xmodem", DIGITS, 0x31C3),
        ("neg8", bytes.fromhex("0300300002337A"), 0x1E),
        ("xor8", b"GPGLL,5300.97914,N,00259.98174,E,125926,A", 0x28),
        ("sum8", bytes.fromhex("0503E7"), 0xEF),
        ("sum8", bytes.fromhex("3A00780301"), 0xB6),
    ],
)
def test_every_check_gives_its_published_value(kind: str, data: bytes, check: int) -> None:
    assert KINDS[kind].work_out(data) == check


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("{ticket u8}", "17"),
        ("{ticket u16le} {ticket u16be} {ticket u32be}", "1700001700000017"),
        ("{ticket bcd2} {ticket bcd2le}", "00232300"),
        ("{ticket ascii width=4} {window ascii}", "41303233413033"),
        ("{ticket ascii width=6 pad=2A} {ticket ascii width=6 right}", "413032332A2A" + "202041303233"),
        ("{ticket letters ascii}", None),
        ("{ticket ascii letters width=1} {ticket ascii digits width=3}", "41303233"),
        ("{text gb18030 width=4}", "C7EBD5C5"),
        ("{text utf-16le width=4} {text utf-16be width=2}", "F78B205F8BF7"),
        ("{text utf-8 width=5 pad=00}", "E8AFB70000"),
        ("AA {length u8} {ticket ascii} {xor8}", "AA05" + "41303233" + "DF"),
        ("AA {length u16be of=all add=2} <all 01 02 all> 03", "AA0004010203"),
        ("{sum8 of=body} <body 01 02 body>", "030102"),
        ("<sum 01 02 sum> {crc16-modbus of=sum} {crc16-modbus be of=sum} {crc16-ccitt le of=sum}", "010281E1E1817C0E"),
        ("01 {sum8} {xor8}", "010100"),
    ],
)
def test_parts_are_encoded(line: str, frame: str | None) -> None:
    if frame is None:
        with pytest.raises(ValueError, match="template_bad_encoding"):
            made(line)
    else:
        assert made(line) == frame


@pytest.mark.parametrize(
    ("line", "values", "name"),
    [
        ("{ticket u8}", {"ticket": "A300"}, "ticket"),
        ("{ticket bcd1}", {"ticket": "A100"}, "ticket"),
        ("{ticket u8}", {"ticket": "A"}, "ticket"),
        ("{ticket ascii width=3}", {}, "ticket"),
        ("{ticket ascii}", {"ticket": "号"}, "ticket"),
        ("{addr u8}", {"addr": 256}, "addr"),
    ],
)
def test_what_does_not_fit_is_refused_not_shortened(line: str, values: dict[str, int | str], name: str) -> None:
    with pytest.raises(Unfit) as refused:
        made(line, **values)
    assert refused.value.name == name


def test_a_notice_that_is_too_long_is_cut_between_characters() -> None:
    assert bytes.fromhex(made("{text gb18030 width=5}")).decode("gb18030") == "请张 "
    assert bytes.fromhex(made("{text gb2312 width=4}", text="䶮请")).decode("gb2312") == "?请 "


WRONG = {
    "call = '3A {adr u8}'": ("template_unknown_field", "第 4 行 call 第 2 段 {adr u8}"),
    "call = '3A {addr u9}'": ("template_bad_encoding", "第 2 段"),
    "call = '3A {addr}'": ("template_no_form", "第 2 段 {addr}"),
    "call = '3'": ("template_bad_hex", "第 1 段 3"),
    "call = 'GG {addr u8}'": ("template_bad_hex", "第 1 段 GG"),
    "call = '{addr u8'": ("template_bad_hex", "第 1 段 {"),
    "call = '?? {addr u8}'": ("template_bad_hex", "第 1 段 ??"),
    "call = '{text ascii} {ticket ascii}'": ("template_two_open", "第 2 段"),
    "call = '{text ascii wide=3}'": ("template_bad_option", "wide=3"),
    "call = '{text utf-16le width=3}'": ("template_bad_pad", "第 1 段"),
    "call = '<a 01'": ("template_open_span", "a"),
    "call = '01 a>'": ("template_open_span", "a>"),
    "call = '<a 01 a> <a 02 a>'": ("template_span_twice", "<a"),
    "call = '01 {sum8 of=b}'": ("template_unknown_span", "b"),
    "call = '{sum8} 01'": ("template_empty_span", "第 1 段"),
    "call = '<a 01 {sum8 of=a} a>'": ("template_check_of_itself", "第 2 段 sum8"),
    "call = '<a {sum8 of=b} a> <b {xor8 of=a} b>'": ("template_check_of_itself", "第 1 段"),
    "call = '01 {sum8 over=a}'": ("template_bad_option", "over=a"),
    "call = ''": ("template_empty_frame", "第 4 行 call"),
    "call = 3": ("template_bad_value", "第 4 行 call"),
    "idle = '01'": ("template_no_call", "frames"),
    "call = '01'\nblink = '02'": ("template_unknown_key", "第 5 行 blink"),
    "call = '01'\n[ack]\nanswer = '06'\nretries = 9": ("template_bad_value", "第 7 行 retries 0…5"),
    "call = '01'\n[ack]\ntimeout_ms = 9": ("template_bad_value", "answer"),
    "call = '01'\n[values]\naddr = 9": ("template_bad_value", "第 6 行 addr"),
    "call = [ x": ("template_not_toml", "line 4"),
}


@pytest.mark.parametrize("lines", WRONG)
def test_a_wrong_template_names_its_line_and_part_and_what_to_do(tmp_path: Path, lines: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f"name = 'x'\n\n[frames]\n{lines}\n", "utf-8")
    with pytest.raises(BadTemplate) as refused:
        load_template(shipped_or_own("own.toml", tmp_path))
    fault, place = WRONG[lines]
    assert (refused.value.fault, place in refused.value.place) == (fault, True), refused.value.place
    assert "own.toml" in sentence(fault, place=refused.value.place)


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate) as refused:
        load_template(shipped_or_own("no-such-board", tmp_path))
    assert refused.value.fault == "template_unreadable"


@cache
def text_line() -> Template:
    return load_template(FOLDER / "text-line.toml")


@settings(max_examples=40)
@given(
    text=st.text("示范县政务服务中心请A023号，暂停服务", max_size=20),
    addr=st.integers(0, 255),
    noise=st.binary(max_size=9),
)
def test_what_a_template_makes_its_decoder_reads_also_behind_noise(text: str, addr: int, noise: bytes) -> None:
    template = text_line()
    values = {**template.values, "addr": addr, "text": text}
    frame = b"".join(template.frames[Kind.CALL].render(values))
    heard = find(template.frames[Kind.CALL], noise.replace(b"\xaa", b"") + frame)
    assert heard == Match({"addr": addr, "text": text}, len(frame))


def test_a_damaged_byte_anywhere_is_no_frame() -> None:
    template = text_line()
    frame = b"".join(template.frames[Kind.CALL].render({**template.values, "addr": 1, "text": "A023"}))
    for at in range(len(frame)):
        damaged = bytearray(frame)
        damaged[at] ^= 0x11
        assert Decoder([template]).take(damaged) is None, at


def test_the_preview_shows_the_hex_and_says_what_each_part_is() -> None:
    template = load_template(FOLDER / "seven-byte.toml")
    shown = preview(template.frames[Kind.CALL], {**template.values, "addr": 0, "ticket": "A888"})
    assert shown.hex == "3A 00 78 03 01 B6 0A"
    said = [(part.number, part.hex, sentence(part.code, **part.values)) for part in shown.parts]
    assert said == [
        (1, "3A", "固定字节"),
        (2, "00", "addr：0（数字，1 字节）"),
        (3, "78 03", "ticket：888（数字，2 字节）"),
        (4, "01", "colour：1（数字，1 字节）"),
        (5, "B6", "校验 sum8（第 1 到 4 段）"),
        (6, "0A", "固定字节"),
    ]
    framed = text_line()
    parts = preview(framed.frames[Kind.TEXT], {**framed.values, "addr": 1, "text": "暂停"}).parts
    assert [sentence(each.code, **each.values) for each in parts][1:5] == [
        "长度 6（第 3 到 5 段）",
        "addr：1（数字，1 字节）",
        "固定字节",
        "text：“暂停”（gb18030）",
    ]
