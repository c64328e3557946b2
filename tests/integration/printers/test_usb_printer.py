"""A printer on USB by the real pyusb: which interface is taken, what is refused, and what a pulled plug leaves."""

import errno
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from memory_spool import JOB
from printer_ends import Station, Way
from typing_extensions import override
from usb_bus import PACKET, UsbBus

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from printing.address import UsbPrinterAddress
from printing.delivery import JobPrinted, JobUnknown, PrinterFault, PrinterReady
from printing.errors import PrinterError, PrinterReason
from printing.simulator.printer import PrinterSimulator
from printing.transport import PrinterLine
from printing.usb_stream import UsbStream

ADDRESS = UsbPrinterAddress(0x0400, 0xC35A)
BULK = 2


class PrinterBus(UsbBus):
    """A device with two interfaces, as printers have them: one of its maker, and behind it the one of class 7."""

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, (0x01, 0x82))
        self.classes = (0xFF, 7)
        self.ends = ((0x03, 0x84), (0x01, 0x82))

    @override
    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        found = super().get_configuration_descriptor(dev, config)
        found.bNumInterfaces = len(self.classes)
        return found

    @override
    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf >= len(self.classes) or alt:
            raise IndexError
        found = super().get_interface_descriptor(dev, 0, 0, config)
        found.bInterfaceNumber, found.bInterfaceClass = intf, self.classes[intf]
        found.bNumEndpoints = len(self.ends[intf])
        return found

    @override
    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        found = super().get_endpoint_descriptor(dev, 0, 0, 0, config)
        found.bEndpointAddress, found.bmAttributes, found.wMaxPacketSize = self.ends[intf][ep], BULK, PACKET
        return found


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock())
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def bus(simulator: PrinterSimulator) -> Iterator[PrinterBus]:
    bus = PrinterBus(simulator.address)
    yield bus
    assert bus.open_handles == []


def refused(bus: UsbBus, address: UsbPrinterAddress = ADDRESS) -> PrinterReason:
    with pytest.raises(PrinterError) as caught:
        UsbStream(address, bus)
    return caught.value.reason


def test_the_interface_of_a_printer_is_taken_and_the_driver_of_linux_steps_aside(bus: PrinterBus) -> None:
    bus.driver_in_the_way = True
    stream = UsbStream(ADDRESS, bus)
    assert bus.open_handles[0].claimed == {1}
    assert stream.send(b"\x10\x04\x01") == 3
    assert stream.receive(2_000) == b"\x12"
    assert stream.receive(1) == b""
    stream.close()


def test_what_is_in_the_way_has_a_reason(bus: PrinterBus) -> None:
    for call, number, reason in (
        ("open_device", errno.EACCES, PrinterReason.NO_ACCESS),
        ("claim_interface", errno.EBUSY, PrinterReason.BUSY),
    ):
        bus.refusals = {call: number}
        assert refused(bus) is reason
    bus.refusals = {}
    assert refused(bus, UsbPrinterAddress(0x04B8, 0x0E15)) is PrinterReason.UNREACHABLE
    assert refused(bus, UsbPrinterAddress(0x0400, 0xC35A, out=0x05)) is PrinterReason.REFUSED
    bus.ends = ((0x03,), (0x01,))
    assert refused(bus) is PrinterReason.REFUSED, "without a way back no status, and without status no paper"


def test_pulled_out_while_a_paper_goes_over_it_is_in_doubt_and_back_it_prints(
    bus: PrinterBus, simulator: PrinterSimulator
) -> None:
    line = PrinterLine(lambda: UsbStream(ADDRESS, bus), SystemClock())
    here = Station(simulator, Way(line, plug=bus.plug))
    here.spooler.start()
    try:
        assert here.next_event() == PrinterReady(near_end=False)
        simulator.handle({"do": "fault", "kind": "reset", "after_bytes": 9 + len(JOB) // 2})
        here.print("a")
        assert here.next_event() == PrinterFault(PrinterReason.UNREACHABLE)
        assert here.next_event() == JobUnknown("a")
        here.spool.mark("a", JobState.LOST)
        bus.plug()
        here.print("b")
        assert here.next_event() == PrinterReady(near_end=False)
        assert here.next_event() == JobPrinted("b")
    finally:
        here.spooler.stop()
