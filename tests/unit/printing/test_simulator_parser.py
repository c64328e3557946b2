"""The simulated printer reads commands as hardware does, however the bytes arrive."""

import random

import pytest

from printing.simulator.charset import Charset, cells
from printing.simulator.mechanism import Mechanism
from printing.simulator.paper import Paper
from printing.simulator.parser import Command, Kind, Parser
from printing.simulator.tray import Tray

RASTER = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x10\x04\x01\x10\x04\x02"
JOB = (
    b"\x1b@\x1c&\x1ba\x01\x1d!\x11\x1c!\x0c\x1b!\x30"
    + "示范县政务服务中心".encode("gbk")
    + b"\n\x1d!\x00\x1c!\x00\x1b!\x00\x1ba\x00"
    + "前面等候：7人 A018".encode("gbk")
    + b"\n"
    + RASTER
    + b"\x1dkI\x06{BA018\x1bd\x04\x1bJ\x10\x1dVB\x00\x1dr\x01"
)


def parsed(*pieces: bytes) -> list[Command]:
    parser = Parser()
    return [command for piece in pieces for command in parser.feed(piece)]


def printed(data: bytes, charset: Charset = Charset.GBK) -> list[Paper]:
    mechanism = Mechanism(576, charset, Tray())
    mechanism.receive(data)
    mechanism.work(0)
    return mechanism.tray.papers()


def test_every_split_point_gives_the_same_commands() -> None:
    whole = parsed(JOB)
    for at in range(len(JOB) + 1):
        assert parsed(JOB[:at], JOB[at:]) == whole
    assert parsed(*(bytes((byte,)) for byte in JOB)) == whole
    assert Kind.UNKNOWN not in {command.kind for command in whole}


def test_the_commands_hold_every_byte_of_the_job() -> None:
    assert b"".join(command.raw for command in parsed(JOB)) == JOB


def test_a_status_question_inside_a_raster_is_dots() -> None:
    mechanism = Mechanism(576, Charset.GBK, Tray())
    assert mechanism.receive(RASTER) == b""
    assert mechanism.receive(b"\x10\x04\x01") == b"\x12"


@pytest.mark.parametrize("at", range(1, len(RASTER)))
def test_a_raster_that_holds_questions_stays_dots_wherever_the_line_splits_it(at: int) -> None:
    mechanism = Mechanism(576, Charset.GBK, Tray())
    assert mechanism.receive(RASTER[:at]) + mechanism.receive(RASTER[at:]) == b""
    assert mechanism.receive(b"\x1dV\x00" + b"\x10\x04\x01") == b"\x12"
    mechanism.work(0)
    (paper,) = mechanism.tray.papers()
    assert (paper.violations, paper.lines, paper.data) == ((), ("[raster 16x3]",), RASTER + b"\x1dV\x00")


def test_a_status_question_is_answered_before_what_is_buffered() -> None:
    mechanism = Mechanism(576, Charset.GBK, Tray())
    assert mechanism.receive(b"text\n\x1dr\x01\x10\x04\x04") == b"\x12"
    assert mechanism.work(0) == b"\x00"


@pytest.mark.parametrize(
    "data",
    [b"\x1bt\x00", b"\x1d(k\x03\x00", b"\x1dV\x07", b"\x1dk\x04", b"\x10\x14", b"\x07", b"\x1dv0\x00\xff\xff\xff\xff"],
)
def test_an_unknown_command_makes_the_job_bad(data: bytes) -> None:
    (paper,) = printed(data + b"\n\x1dV\x00")
    assert paper.violations
    assert paper.violations[0].startswith("unknown command")


def test_a_good_job_is_one_paper_without_violations() -> None:
    (paper,) = printed(JOB)
    assert paper.violations == ()
    assert paper.index == 1
    assert paper.lines[:4] == ("示范县政务服务中心", "前面等候：7人 A018", "[raster 16x3]", "[CODE128 A018]")
    assert paper.data + b"\x1dr\x01" == JOB
    assert paper.png.startswith(b"\x89PNG")


def test_a_raster_wider_than_the_paper_makes_the_job_bad() -> None:
    mechanism = Mechanism(384, Charset.GBK, Tray())
    mechanism.receive(b"\x1dv0\x00\x48\x00\x01\x00" + bytes(72) + b"\x1dV\x00")
    mechanism.work(0)
    assert mechanism.tray.papers()[0].violations == ("576 dots on a paper of 384",)


def test_a_gbk_printer_prints_four_byte_text_as_garbage() -> None:
    rare = "𬱖"
    data = rare.encode("gb18030")
    assert cells(data, Charset.GB18030, chinese=True) == [(rare, 2)]
    garbage = "".join(character for character, _ in cells(data, Charset.GBK, chinese=True))
    assert rare not in garbage
    assert any(character.isdigit() for character in garbage)


def test_a_job_for_gb18030_on_gbk_firmware_loses_the_rare_name_on_paper() -> None:
    job = b"\x1b@\x1c&" + "申请人：𬱖某".encode("gb18030") + b"\n\x1dV\x00"
    assert printed(job, Charset.GB18030)[0].lines == ("申请人：𬱖某",)
    (paper,) = printed(job, Charset.GBK)
    assert paper.lines[0].startswith("申请人：")
    assert "𬱖" not in paper.lines[0]
    assert any(character.isdigit() for character in paper.lines[0])


def test_chinese_text_without_chinese_mode_is_garbage() -> None:
    assert cells("中".encode("gbk"), Charset.GBK, chinese=False) == [("?", 1), ("?", 1)]


def test_a_gb2312_printer_lacks_the_characters_gbk_added() -> None:
    assert cells("镕".encode("gbk"), Charset.GB2312, chinese=True)[0] == ("?", 1)
    assert cells("镕".encode("gbk"), Charset.GBK, chinese=True) == [("镕", 2)]


def test_the_forty_ninth_column_starts_a_new_line() -> None:
    (paper,) = printed(b"0" * 49 + b"\n\x1dV\x00")
    assert paper.lines == ("0" * 48, "0")


def test_a_hundred_thousand_random_bytes_neither_stop_nor_split_differently() -> None:
    noise = random.Random(20261123).randbytes(100_000)  # the same noise every time
    whole = parsed(noise)
    pieces = [noise[at : at + 977] for at in range(0, len(noise), 977)]
    assert parsed(*pieces) == whole
    mechanism = Mechanism(576, Charset.GB18030, Tray())
    mechanism.receive(noise)
    mechanism.work(0)
    assert mechanism.idle
