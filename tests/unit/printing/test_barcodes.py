"""CODE128 from the encoder's bytes through the simulated printer to a scanner, and the pulse for the cash drawer."""

import io
from contextlib import closing
from datetime import date
from itertools import product

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
import zxingcpp
from PIL import Image

from app.domain.paper.blocks import Barcode, Document, KeyValue, Title
from app.domain.paper.errors import TooWide
from app.domain.scan import TicketCode, read_scan
from printing.a4_bitmap import render as a4_picture
from printing.bitmap import render
from printing.pdf import render as a4_pdf
from printing.profile import Drawer, PrinterProfile
from printing.simulator.charset import Charset
from printing.simulator.mechanism import Mechanism
from printing.simulator.paper import Paper
from printing.simulator.tray import Tray
from printing.thermal import drawer_kick, encode

TEXTS = ("A018", "12345", "ZW1:9901-0003", "{a}{b", "A00012345678", " ~")
PROFILES = tuple(
    PrinterProfile(columns=columns, dots=columns * 12, barcode=form)
    for columns, form in product((48, 32), ("raster", "native"))
)
WIDE, NARROW = PROFILES[0], PROFILES[2]


def slip(text: str) -> Document:
    return Document("SL-99", (Title("号票"), Barcode(text, "code"), KeyValue("号", "甲")))


def printed(data: bytes, dots: int) -> Paper:
    mechanism = Mechanism(dots, Charset.GBK, Tray())
    mechanism.receive(data)
    mechanism.work(0)
    (paper,) = mechanism.tray.papers()
    return paper


def scanned(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert all(each.format == zxingcpp.BarcodeFormat.Code128 for each in found)
    return [each.text for each in found]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: f"{each.columns}-{each.barcode}")
@pytest.mark.parametrize("text", TEXTS)
def test_a_scanner_reads_the_barcode_off_the_paper(text: str, profile: PrinterProfile) -> None:
    paper = printed(encode(slip(text), profile), profile.dots)
    assert paper.violations == ()
    assert paper.codes == (text,)
    assert scanned(Image.open(io.BytesIO(paper.png))) == [text]
    native = f"[CODE128 {text}]" in paper.lines
    assert native is (profile.barcode == "native")
    assert paper.lines[2].strip() == text.strip(), "it can be read without a scanner"


def test_the_printers_own_command_says_set_b_and_set_c_as_the_text_needs() -> None:
    bars = b"\x1dh\x40\x1dw\x03\x1dH\x00"
    assert bars + b"\x1dkI\x06{BA018" in encode(slip("A018"), PROFILES[1])
    assert bars + b"\x1dkI\x07{BA{C\x0c\x22" in encode(slip("A1234"), PROFILES[1])
    assert bars + b"\x1dkI\x09{B{{a}{{b" in encode(slip("{a}{b"), PROFILES[1])


@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: f"{each.columns}-{each.barcode}")
def test_the_preview_shows_the_bars_as_wide_as_they_are_printed(profile: PrinterProfile) -> None:
    """Black and white dots of the middle of the bars: on the preview, and on what came out of the printer."""
    paper = Image.open(io.BytesIO(printed(encode(Document("SL-99", (Barcode("A018"),)), profile), profile.dots).png))
    preview = render(Document("SL-99", (Barcode("A018"),)), profile)
    assert scanned(preview) == ["A018"]
    rows = [
        picture.crop((0, y, picture.width, y + 1)).convert("L").tobytes().strip(b"\xff")
        for picture, y in ((preview, 24 + 32), (paper, 32))
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 79 * 3
    assert preview.convert("L").tobytes()[56 * profile.dots :].find(b"\x00") == (profile.dots - 79 * 3) // 2, "centred"


def test_paper_of_58_mm_gets_finer_bars_and_what_fits_neither_is_refused() -> None:
    assert b"\x1dw\x03" in encode(slip("ZW1:9901-0003"), PROFILES[1])
    assert b"\x1dw\x02" in encode(slip("ZW1:9901-0003"), PROFILES[3])
    for profile in PROFILES:
        with pytest.raises(TooWide) as caught:
            encode(slip("9901-0003-20261123-0017-4"), profile)
        assert caught.value.subject == "code"


def test_the_a4_page_has_the_same_barcode_in_file_and_picture() -> None:
    with closing(pypdfium2.PdfDocument(a4_pdf(slip("A018")))) as pdf:
        assert scanned(pdf[0].render(scale=2).to_pil()) == ["A018"]
        assert "A018" in pdf[0].get_textpage().get_text_range()
    assert scanned(a4_picture(slip("A018"))) == ["A018"]


def test_a_ticket_with_a_barcode_is_a_ticket_for_the_scanner_at_the_window() -> None:
    for profile in (WIDE, NARROW):
        (code,) = printed(encode(slip("A018"), profile), profile.dots).codes
        assert read_scan(code, date(2026, 11, 23)) == TicketCode("A018")


@pytest.mark.parametrize(
    "data", [b"A018", b"{DA018", b"{B", b"", b"{C\x64", b"{BA\x80", b"{AA\x60", b"{B{X"], ids=bytes.hex
)
def test_the_simulated_printer_refuses_a_barcode_that_firmware_refuses(data: bytes) -> None:
    paper = printed(b"\x1dkI" + bytes([len(data)]) + data + b"\x1dV\x00", 576)
    assert [each[:16] for each in paper.violations] == ["barcode refused:"]
    assert paper.codes == ()


@pytest.mark.parametrize(("drawer", "pulse"), [("pin2", b"\x1bp\x00\x32\xfa"), ("pin5", b"\x1bp\x01\x32\xfa")])
def test_the_cash_drawer_opens_once_behind_the_paper(drawer: Drawer, pulse: bytes) -> None:
    profile = PrinterProfile(drawer=drawer)
    mechanism = Mechanism(576, Charset.GBK, Tray())
    mechanism.receive(encode(slip("A018"), profile))
    mechanism.work(0)
    assert (mechanism.drawer_pulses, len(mechanism.tray.papers())) == (0, 1), "no slip opens it by itself"
    assert drawer_kick(profile) == pulse
    for byte in drawer_kick(profile):
        mechanism.receive(bytes([byte]))
    mechanism.work(0)
    assert mechanism.drawer_pulses == 1
    mechanism.receive(b"\n\x1dV\x00")
    mechanism.work(0)
    assert mechanism.tray.papers()[-1].violations == ()


def test_without_a_drawer_no_pulse_is_sent() -> None:
    assert drawer_kick(PrinterProfile()) == b""


def test_a_pulse_inside_a_raster_is_dots_and_an_unknown_pin_is_no_pulse() -> None:
    mechanism = Mechanism(576, Charset.GBK, Tray())
    mechanism.receive(b"\x1dv0\x00\x05\x00\x02\x00" + b"\x1bp\x00\x32\xfa" * 2 + b"\x1bp\x07\x32\xfa\n\x1dV\x00")
    mechanism.work(0)
    (paper,) = mechanism.tray.papers()
    assert mechanism.drawer_pulses == 0
    assert paper.lines[0] == "[raster 40x2]"
    assert paper.violations == ("unknown command 1b 70 07 32 fa",)


def test_a_pulse_behind_a_fault_waits_with_what_is_buffered() -> None:
    mechanism = Mechanism(576, Charset.GBK, Tray())
    mechanism.condition.paper_out = True
    mechanism.receive(encode(slip("A018"), WIDE) + drawer_kick(PrinterProfile(drawer="pin2")))
    mechanism.work(0)
    assert mechanism.drawer_pulses == 0
    mechanism.mend()
    mechanism.work(0)
    assert mechanism.drawer_pulses == 1
