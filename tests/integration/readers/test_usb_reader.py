"""The USB port by the real pyusb, on a bus whose other end is the simulated module."""

import errno
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import usb.backend.libusb0
import usb.backend.libusb1
import usb.backend.openusb
import usb.core
import usb.libloader
from usb_bus import SPLIT, WHOLE, UsbBus

from app.commands.system_clock import SystemClock
from app.ports.device_fault import Advice, FaultReason
from devices.errors import DeviceError
from devices.found import PRINTER_CLASS, Found, Looks, usb_devices
from devices.sam import commands
from devices.sam.demo_cards import demo_card
from devices.sam.dialogue import select_and_read
from devices.sam.frames import HEADER, encode
from devices.sam.link import SamLink
from devices.sam.simulator import SamSimulator
from devices.usb.address import UsbAddress, UsbFrame, parse_usb
from devices.usb.port import UsbPort
from printing.address import UsbPrinterAddress, parse_printer

URL = "usb://0400:c35a"


@pytest.fixture
def bus(simulator: SamSimulator) -> UsbBus:
    return UsbBus(simulator.address)


@pytest.fixture
def port(bus: UsbBus) -> Iterator[UsbPort]:
    port = UsbPort(parse_usb(URL), HEADER, SystemClock(), bus)
    yield port
    port.close()
    assert bus.open_handles == []


def refused(port: UsbPort) -> DeviceError:
    with pytest.raises(DeviceError) as error:
        port.open()
    return error.value


def read_card(port: UsbPort) -> None:
    link = SamLink(port, SystemClock())
    commands.expect(commands.FIND, link.ask(commands.FIND))
    dialogue = select_and_read()
    action = next(dialogue)
    for _ in range(2):
        answer = link.ask(action.command)
        if action.command == commands.READ:
            with pytest.raises(StopIteration) as done:
                dialogue.send(answer)
            assert done.value.value == demo_card("P6")
            return
        action = dialogue.send(answer)
    pytest.fail("it was not read")


def test_a_split_frame_goes_over_two_pairs(
    simulator: SamSimulator, bus: UsbBus, port: UsbPort, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    simulator.handle({"do": "lay", "person": "P6"})
    port.open()
    read_card(port)
    rest = 1295 - HEADER
    find = [(0x02, 7), (0x06, 3), (0x81, 7), (0x85, 8)]
    select = [(0x02, 7), (0x06, 3), (0x81, 7), (0x85, 12)]
    assert bus.went_over() == [*find, *select, (0x02, 7), (0x06, 3), (0x81, 7), (0x85, rest)]
    assert [record.name for record in caplog.records if record.name.startswith("usb")] == []


def test_a_whole_frame_goes_over_one_pair(simulator: SamSimulator) -> None:
    bus = UsbBus(simulator.address, WHOLE)
    port = UsbPort(parse_usb(URL), HEADER, SystemClock(), bus)
    simulator.handle({"do": "lay", "person": "P6"})
    port.open()
    read_card(port)
    port.close()
    assert bus.went_over() == [(0x01, 10), (0x82, 15), (0x01, 10), (0x82, 19), (0x01, 10), (0x82, 1295)]


def test_what_a_model_does_its_own_way_is_said_in_the_address(simulator: SamSimulator) -> None:
    bus = UsbBus(simulator.address, SPLIT)
    bus.is_split = False  # two pairs in the descriptor, but the whole frame goes over the first
    bus._endpoints = (0x06, 0x02, 0x85, 0x81)
    port = UsbPort(parse_usb(f"{URL}?frame=whole&out=06&in=85"), HEADER, SystemClock(), bus)
    simulator.handle({"do": "lay", "person": "P6"})
    port.open()
    read_card(port)
    port.close()
    assert {endpoint for endpoint, _ in bus.transfers} == {0x06, 0x85}


def test_a_device_that_nobody_has_configured_is_configured(bus: UsbBus, port: UsbPort) -> None:
    bus.configuration = 0
    port.open()
    assert bus.configuration == 1
    assert SamLink(port, SystemClock()).ask(commands.STATUS).sw3 == commands.OK


def test_a_driver_of_the_system_is_put_aside(bus: UsbBus, port: UsbPort) -> None:
    bus.driver_in_the_way = True
    port.open()
    assert not bus.driver_in_the_way


@pytest.mark.parametrize(
    ("call", "number", "reason", "advice"),
    [
        ("open_device", errno.EACCES, FaultReason.NO_ACCESS, Advice.GIVE_ACCESS),
        ("open_device", errno.ENODEV, FaultReason.PORT_ABSENT, Advice.CHECK_CABLE),
        ("claim_interface", errno.EBUSY, FaultReason.PORT_BUSY, Advice.CLOSE_OTHER_PROGRAM),
        ("claim_interface", errno.EACCES, FaultReason.NO_ACCESS, Advice.GIVE_ACCESS),
    ],
)
def test_a_device_that_cannot_be_opened_says_what_to_do(
    *, bus: UsbBus, port: UsbPort, call: str, number: int, reason: FaultReason, advice: Advice
) -> None:
    bus.refusals[call] = number
    error = refused(port)
    assert (error.reason, error.advice) == (reason, advice)
    assert bus.open_handles == []


def test_a_device_that_is_not_there_is_absent(bus: UsbBus, port: UsbPort) -> None:
    bus.plugged = False
    assert refused(port).reason is FaultReason.PORT_ABSENT


def test_a_device_without_the_endpoints_asked_for_is_refused(bus: UsbBus) -> None:
    for query in ("out=05", "interface=3", "in=81,84"):
        error = refused(UsbPort(parse_usb(f"{URL}?{query}"), HEADER, SystemClock(), bus))
        assert (error.reason, error.advice) == (FaultReason.USB_ENDPOINTS, Advice.CHECK_SETTINGS)
    assert bus.open_handles == []


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("bulk_read", errno.ENODEV, FaultReason.DISCONNECTED),
        ("bulk_write", errno.ENODEV, FaultReason.DISCONNECTED),
        ("bulk_read", errno.EIO, FaultReason.DISCONNECTED),
        ("bulk_write", errno.EPIPE, FaultReason.GARBLED),
    ],
)
def test_a_transfer_that_fails_is_told_apart(
    bus: UsbBus, port: UsbPort, call: str, number: int, reason: FaultReason
) -> None:
    port.open()
    bus.refusals[call] = number

    def exchange() -> None:
        port.write(encode(commands.STATUS.code))
        port.read(1, 1)

    with pytest.raises(DeviceError) as error:
        exchange()
    assert error.value.reason is reason


def test_a_stalled_endpoint_is_cleared_and_answers_the_next_time(bus: UsbBus, port: UsbPort) -> None:
    port.open()
    link = SamLink(port, SystemClock())
    bus.refusals["bulk_write"] = errno.EPIPE
    with pytest.raises(DeviceError):
        link.ask(commands.STATUS)
    assert bus.cleared == [0x02]
    assert link.ask(commands.STATUS).sw3 == commands.OK


def test_silence_ends_with_the_time_and_what_came_late_is_dropped(
    simulator: SamSimulator, bus: UsbBus, port: UsbPort
) -> None:
    port.open()
    assert port.read(7, 0.02) == b""
    port.write(encode(commands.SAM_ID.code))
    assert port.read(1, 5) == b"\xaa"
    port.drain()
    assert SamLink(port, SystemClock()).ask(commands.STATUS).sw3 == commands.OK


def test_a_port_that_is_not_open_is_disconnected_and_closes_without_a_word(port: UsbPort) -> None:
    port.close()
    for act in (lambda: port.write(b"\0"), lambda: port.read(1, 0)):
        with pytest.raises(DeviceError) as error:
            act()
        assert error.value.reason is FaultReason.DISCONNECTED


def test_a_computer_without_libusb_says_so_without_a_log_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for backend in (usb.backend.libusb1, usb.backend.openusb, usb.backend.libusb0):
        monkeypatch.setattr(backend, "_lib", None)
        monkeypatch.setattr(backend, "_lib_object", None, raising=False)
        monkeypatch.setattr(backend, "_load_library", no_library)
    error = refused(UsbPort(parse_usb(URL), HEADER, SystemClock()))
    assert caplog.records == []
    assert (error.reason, error.advice) == (FaultReason.USB_MISSING, Advice.INSTALL_LIBUSB)


def no_library(**_: object) -> None:
    raise usb.libloader.LibraryNotFoundException("libusb")


def test_an_installation_without_pyusb_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usb.core", None)
    assert refused(UsbPort(parse_usb(URL), HEADER, SystemClock())).reason is FaultReason.USB_MISSING


def test_the_usb_of_this_computer_is_asked_and_has_no_such_device() -> None:
    error = refused(UsbPort(parse_usb("usb://ffff:ffff"), HEADER, SystemClock()))
    assert error.reason in (FaultReason.PORT_ABSENT, FaultReason.USB_MISSING)


def test_an_address_says_as_much_as_it_must() -> None:
    assert parse_usb(URL) == UsbAddress(0x0400, 0xC35A)
    assert parse_usb(f"{URL}?frame=split&out=02,06&in=81,85&interface=1") == UsbAddress(
        0x0400, 0xC35A, UsbFrame.SPLIT, (2, 6), (0x81, 0x85), 1
    )


@pytest.mark.parametrize(
    "url",
    [
        "usb://0400",
        "usb://400:c35a",
        "usb://0400:c35a/1",
        "usb://0400:c35a?frame=both",
        "usb://0400:c35a?out=2",
        "usb://0400:c35a?out=82",
        "usb://0400:c35a?in=02",
        "usb://0400:c35a?in=81,85,86",
        "usb://0400:c35a?frame=split&out=02",
        "usb://0400:c35a?frame=whole&in=81,85",
        "usb://0400:c35a?interface=-1",
        "usb://0400:c35a?interface=256",
        "usb://0400:c35a?speed=9600",
        "usb://0400:c35a?nonsense",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(DeviceError) as refused:
        parse_usb(url)
    assert refused.value.reason is FaultReason.BAD_PORT
    assert refused.value.detail.endswith("for example usb://0400:c35a?frame=split&out=02,06&in=81,85")


class PrinterBus(UsbBus):
    """A bus whose device is a printer of class 7."""

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        told = super().get_device_descriptor(dev)
        told.idVendor, told.idProduct = (0x04B8, 0x0E15) if dev == "reader" else (told.idVendor, told.idProduct)
        return told

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> SimpleNamespace:
        told = super().get_interface_descriptor(dev, intf, alt, config)
        told.bInterfaceClass = PRINTER_CLASS if dev == "reader" else told.bInterfaceClass
        return told


class ClosedBus(PrinterBus):
    """A printer that may not be looked into."""

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        raise usb.core.USBError("Access denied", errno=errno.EACCES)


def test_what_hangs_on_usb_is_found_by_its_numbers_and_its_class() -> None:
    nobody = ("127.0.0.1", 9)
    assert list(usb_devices(UsbBus(nobody))) == [Found("usb://0400:c35a", Looks.READER, "")]
    (printer,) = usb_devices(PrinterBus(nobody))
    assert printer == Found("usb://04b8:0e15", Looks.PRINTER, "")
    assert isinstance(parse_printer(printer.address), UsbPrinterAddress)
    empty = UsbBus(nobody)
    empty.plugged = False
    assert list(usb_devices(empty)) == []
    assert list(usb_devices(ClosedBus(nobody))) == [], "what may not be looked into ends nothing"
