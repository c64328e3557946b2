"""A printer on USB bulk endpoints, without a driver of the system: libusb through pyusb."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from printing.address import INWARD, UsbPrinterAddress
from printing.errors import PrinterError, PrinterReason
from printing.streams import CHUNK, WRITE_STALL_MS, why_closed

PRINTER_CLASS: Final = 7
SHORTEST_MS: Final = 1
"""libusb waits for ever when told to wait 0 ms."""


class UsbStream:
    """Implements ``printing.streams.Stream`` on the first device that fits the address.

    The interface of class 7 (printer) is taken, else the first with the endpoints asked for [U: overridable]. A printer
    without an endpoint to read from gives no status, and so no paper is sent to it. ``backend`` is pyusb's; None takes
    libusb of this computer.
    """

    def __init__(self, address: UsbPrinterAddress, backend: Any = None) -> None:
        """Find the device, take its interface and choose the endpoints.

        Raises:
            PrinterError: ``UNREACHABLE``, ``NO_ACCESS``, ``BUSY``, ``NO_DRIVER``, or ``REFUSED`` where the device has
                not the endpoints.
        """
        self._usb = _library()
        self._device: Any = None
        try:
            with self._translated():
                self._open(address, backend)
        except PrinterError:
            self.close()
            raise

    def send(self, data: bytes) -> int:
        """Hand over what the printer takes of the next part."""
        piece = data[:CHUNK]
        try:
            with self._translated():
                return int(self._device.write(self._out, piece, WRITE_STALL_MS))
        except PrinterError as error:
            # libusb does not say how much of a broken transfer went: what may have been taken counts as taken.
            taken = 0 if error.reason is PrinterReason.SILENT else len(piece)
            raise PrinterError(error.reason, str(error), accepted=taken) from error

    def receive(self, timeout_ms: int) -> bytes:
        """Return what arrives within the time, or nothing."""
        try:
            with self._translated():
                # Whole packets: a device that sends more than was asked for is an error on USB.
                return bytes(self._device.read(self._into, self._packet, max(timeout_ms, SHORTEST_MS)))
        except PrinterError as error:
            if error.reason is PrinterReason.SILENT:
                return b""
            raise

    def close(self) -> None:
        """Give the interface back and close the device."""
        device, self._device = self._device, None
        if device is not None:
            with suppress(self._usb.core.USBError):  # it may be unplugged
                self._usb.util.dispose_resources(device)

    def _open(self, address: UsbPrinterAddress, backend: Any) -> None:
        numbers: dict[str, Any] = {"idVendor": address.vendor, "idProduct": address.product}
        if address.serial is not None:
            numbers["serial_number"] = address.serial
        device = self._device = self._usb.core.find(backend=backend, **numbers)
        if device is None:
            raise PrinterError(PrinterReason.UNREACHABLE, "no such USB device")
        with suppress(self._usb.core.USBError):  # most are configured already
            device.get_active_configuration()
        interface, self._out, into = self._choose(device, address)
        self._into, self._packet = into
        with suppress(NotImplementedError):  # only Linux has a driver (usblp) that stands in the way
            if device.is_kernel_driver_active(interface):
                device.detach_kernel_driver(interface)
        self._usb.util.claim_interface(device, interface)

    def _choose(self, device: Any, address: UsbPrinterAddress) -> tuple[int, int, tuple[int, int]]:
        """Return the interface, the endpoint out, and the one in with the size of its packets."""
        fitting = []
        for each in device.get_active_configuration():
            if each.bAlternateSetting or address.interface not in (None, each.bInterfaceNumber):
                continue
            bulk = {int(end.bEndpointAddress): int(end.wMaxPacketSize) for end in each if self._is_bulk(end)}
            out = next((n for n in sorted(bulk) if not n & INWARD and address.out in (None, n)), None)
            into = next((n for n in sorted(bulk) if n & INWARD and address.into in (None, n)), None)
            if out is not None and into is not None:
                fitting.append(
                    (each.bInterfaceClass != PRINTER_CLASS, int(each.bInterfaceNumber), out, into, bulk[into])
                )
        if not fitting:
            raise PrinterError(PrinterReason.REFUSED, "no interface has the bulk endpoints asked for")
        _, interface, out, into, packet = min(fitting)
        return interface, out, (into, packet)

    def _is_bulk(self, endpoint: Any) -> bool:
        util = self._usb.util
        return bool(util.endpoint_type(endpoint.bmAttributes) == util.ENDPOINT_TYPE_BULK and endpoint.wMaxPacketSize)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what pyusb raises into ``PrinterError``."""
        core = self._usb.core
        try:
            yield
        except core.NoBackendError as error:
            raise PrinterError(PrinterReason.NO_DRIVER, "libusb") from error
        except core.USBTimeoutError as error:
            raise PrinterError(PrinterReason.SILENT, str(error)) from error
        except core.USBError as error:
            raise PrinterError(why_closed(error), str(error)) from error
        except NotImplementedError as error:  # what a Windows without a driver for the device answers
            raise PrinterError(PrinterReason.NO_DRIVER, str(error)) from error


def _library() -> Any:
    try:
        import usb.core  # type: ignore[import-untyped] # noqa: PLC0415 - only who has a USB printer waits for it
        import usb.util  # type: ignore[import-untyped] # noqa: PLC0415 - the same
    except ImportError as error:
        raise PrinterError(PrinterReason.NO_DRIVER, "pyusb") from error
    # It logs every attempt, and in detail what went over the bus: a paper is nobody's business in a log.
    logging.getLogger("usb").setLevel(logging.CRITICAL)
    return usb
