"""How counter.toml names a slip printer: every way there is, and what is wrong with an address that is none."""

import pytest

from app.ports.clock import Clock
from printing.address import (
    FileAddress,
    QueueAddress,
    SerialAddress,
    TcpAddress,
    UsbPrinterAddress,
    parse_printer,
)
from printing.errors import PrinterError, PrinterReason
from printing.status import ROUTINE
from printing.transport import open_printer


class Standing(Clock):
    def now_ms(self) -> int:
        return 0

    def monotonic_ms(self) -> int:
        return 0

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("tcp://192.168.1.50", TcpAddress("192.168.1.50", 9100)),
        ("tcp://printer:9101", TcpAddress("printer", 9101)),
        ("serial:///dev/ttyUSB0", SerialAddress("/dev/ttyUSB0", 19200, "none", "N")),
        ("serial:///dev/ttyS0?baud=9600&flow=rtscts", SerialAddress("/dev/ttyS0", 9600, "rtscts", "N")),
        ("serial://COM3?baud=115200&flow=xonxoff&parity=even", SerialAddress("COM3", 115200, "xonxoff", "E")),
        ("usb://04b8:0E15", UsbPrinterAddress(0x04B8, 0x0E15)),
        ("usb://04b8:0e15?serial=X1&interface=1&out=02&in=81", UsbPrinterAddress(0x04B8, 0x0E15, "X1", 1, 2, 0x81)),
        ("file:/dev/usb/lp0", FileAddress("/dev/usb/lp0")),
        ("cups:SLIP", QueueAddress("SLIP")),
        ("winspool:热敏 小票", QueueAddress("热敏 小票", windows=True)),
    ],
)
def test_every_way_has_an_address(url: str, wanted: object) -> None:
    assert parse_printer(url) == wanted


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "tcp://HOST:9100, serial://"),
        ("lpt1", "tcp://HOST:9100, serial://"),
        ("http://printer", "tcp://HOST:9100, serial://"),
        ("tcp://", "tcp://HOST:9100"),
        ("tcp://host:0", "1…65535"),
        ("tcp://host:99999", "1…65535"),
        ("tcp://host/path", "tcp://HOST:9100"),
        ("serial://", "serial:///dev/ttyUSB0"),
        ("serial:///dev/ttyS0?baud=4800", "baud: 9600, 19200"),
        ("serial:///dev/ttyS0?flow=cts", "flow: none, rtscts"),
        ("serial:///dev/ttyS0?parity=mark", "parity: none, even, odd"),
        ("serial:///dev/ttyS0?bauds=9600", "bauds ≠ baud, flow, parity"),
        ("serial:///dev/ttyS0?baud", "baud=…"),
        ("usb://04b8", "usb://04b8:0e15"),
        ("usb://04b8:0e15?out=81", "out: 1…7f"),
        ("usb://04b8:0e15?in=01", "in: 81…ff"),
        ("usb://04b8:0e15?interface=x", "interface: 0…255"),
        ("file:", "tcp://HOST:9100, serial://"),
        ("cups:", "cups:QUEUE"),
        ("cups:-o", "cups:QUEUE"),
        ("cups:a b", "cups:QUEUE"),
        ("winspool: ", "winspool:NAME"),
    ],
)
def test_what_is_wrong_is_named(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_printer(url)
    assert says in str(caught.value)
    with pytest.raises(PrinterError) as refused:
        open_printer(url, Standing())
    assert refused.value.reason is PrinterReason.REFUSED


def test_a_printer_of_windows_is_a_clear_error_elsewhere() -> None:
    printer = open_printer("winspool:小票", Standing())
    printer.open()
    with pytest.raises(PrinterError) as caught:
        printer.status(ROUTINE)
    assert caught.value.reason is PrinterReason.NO_DRIVER
