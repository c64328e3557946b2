"""A byte stream over USB bulk endpoints: whole frames over one pair, or head and rest over two (devices.md 1.6)."""

import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from app.ports.clock import Clock
from app.ports.device_fault import FaultReason
from devices.errors import DeviceError
from devices.transport import DRAIN_BYTES, WRITE_TIMEOUT_S
from devices.usb.address import UsbAddress
from devices.usb.endpoints import Bulk, Pipes, choose
from devices.usb.faults import library, translated

SHORTEST_MS: Final = 1
"""libusb waits for ever when told to wait 0 ms."""


class UsbPort:
    """A ``BytePort`` on the first device with the numbers of ``address``.

    ``head``: so many bytes of a frame go over the first of two endpoints. Every ``drain`` begins a new frame: the next
    answer is looked for on the first endpoint again. ``backend`` is pyusb's; None takes libusb of this computer.
    """

    def __init__(self, address: UsbAddress, head: int, clock: Clock, backend: Any = None) -> None:
        self._address = address
        self._head = head
        self._clock = clock
        self._backend = backend
        self._device: Any = None
        self._pipes = Pipes((), ())
        self._held = bytearray()
        self._head_left = head

    def open(self) -> None:
        """Find the device, take its interface for ourselves and choose the endpoints.

        Raises:
            DeviceError: ``PORT_ABSENT``, ``NO_ACCESS``, ``PORT_BUSY``, ``USB_MISSING`` or ``USB_ENDPOINTS``.
        """
        self.close()
        try:
            with translated(FaultReason.PORT_ABSENT):
                self._open(library())
        except DeviceError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        """Send all of ``data``, which is one frame."""
        out = self._open_pipes().out
        pieces = (data[: self._head], data[self._head :]) if len(out) > 1 else (data,)
        for pipe, piece in zip(out, pieces, strict=True):
            if piece:
                self._send(pipe, piece)

    def read(self, count: int, timeout_s: float) -> bytes:
        """Return up to ``count`` bytes, fewer only when ``timeout_s`` is over."""
        deadline = self._clock.monotonic_ms() + math.ceil(timeout_s * 1000)
        while len(self._held) < count:
            left = deadline - self._clock.monotonic_ms()
            if not self._take(count - len(self._held), max(left, SHORTEST_MS)) and left <= SHORTEST_MS:
                break
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    def drain(self) -> None:
        """Drop what has arrived already, but no more than a babbling device can send meanwhile."""
        self._held.clear()
        for pipe in self._pipes.into:
            dropped = 0
            while dropped < DRAIN_BYTES and (data := self._receive(pipe, pipe.packet, SHORTEST_MS)):
                dropped += len(data)
        self._head_left = self._head

    def close(self) -> None:
        """Give the interface back and close the device; harmless when closed."""
        device, self._device = self._device, None
        self._pipes = Pipes((), ())
        self._held.clear()
        self._head_left = self._head
        if device is not None:
            usb = library()
            with suppress(usb.core.USBError):  # it may be unplugged
                usb.util.dispose_resources(device)

    def _open(self, usb: Any) -> None:
        number = {"idVendor": self._address.vendor, "idProduct": self._address.product}
        device = self._device = usb.core.find(backend=self._backend, **number)
        if device is None:
            raise DeviceError(FaultReason.PORT_ABSENT, "no such USB device")
        interface = self._choose(usb, _configuration(usb, device))
        with suppress(NotImplementedError):  # only Linux has drivers that stand in the way
            if device.is_kernel_driver_active(interface):
                device.detach_kernel_driver(interface)
        usb.util.claim_interface(device, interface)

    def _choose(self, usb: Any, configuration: Any) -> int:
        for each in configuration:
            wanted = self._address.interface in (None, each.bInterfaceNumber) and each.bAlternateSetting == 0
            pipes = choose(_bulk(usb, each), self._address) if wanted else None
            if pipes is not None:
                self._pipes = pipes
                return int(each.bInterfaceNumber)
        raise DeviceError(FaultReason.USB_ENDPOINTS, "no interface has the bulk endpoints asked for")

    def _send(self, pipe: Bulk, data: bytes) -> None:
        sent = self._transfer(pipe, lambda device: device.write(pipe.number, data, round(WRITE_TIMEOUT_S * 1000)))
        if sent != len(data):
            raise DeviceError(FaultReason.SILENT, f"took {sent} of {len(data)} bytes")

    def _take(self, count: int, timeout_ms: int) -> bool:
        """Take more bytes from the endpoint whose turn it is; false when none came in time."""
        into = self._open_pipes().into
        data = self._receive(into[0] if self._head_left > 0 else into[-1], count, timeout_ms)
        self._head_left = max(self._head_left - len(data), 0)
        self._held += data
        return bool(data)

    def _receive(self, pipe: Bulk, count: int, timeout_ms: int) -> bytes:
        """Ask for whole packets: a device that sends more than was asked for is an error on USB."""
        size = -(-count // pipe.packet) * pipe.packet
        try:
            return bytes(self._transfer(pipe, lambda device: device.read(pipe.number, size, timeout_ms)))
        except DeviceError as error:
            if error.reason is FaultReason.SILENT:
                return b""
            raise

    def _transfer(self, pipe: Bulk, transfer: Callable[[Any], Any]) -> Any:
        """Carry out one transfer; an endpoint that stalled is made ready to be asked again."""
        try:
            with translated(FaultReason.DISCONNECTED):
                return transfer(self._device)
        except DeviceError as error:
            if error.reason is FaultReason.GARBLED:
                with translated(FaultReason.DISCONNECTED):
                    self._device.clear_halt(pipe.number)
            raise

    def _open_pipes(self) -> Pipes:
        if self._device is None:
            raise DeviceError(FaultReason.DISCONNECTED, "not open")
        return self._pipes


def _configuration(usb: Any, device: Any) -> Any:
    """Return the active configuration; a device that nobody has configured yet is configured."""
    try:
        return device.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno is not None:
            raise
        device.set_configuration()
        return device.get_active_configuration()


def _bulk(usb: Any, interface: Any) -> list[Bulk]:
    return [
        Bulk(int(each.bEndpointAddress), int(each.wMaxPacketSize))
        for each in interface
        if usb.util.endpoint_type(each.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK and each.wMaxPacketSize
    ]
