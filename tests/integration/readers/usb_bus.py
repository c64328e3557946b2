"""A USB bus for pyusb with one card reader on it, whose other end is the simulated module."""

import errno
import socket
from array import array
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

PACKET = 64
HEAD = 7
BULK, INTERRUPT = 2, 3
SPLIT = (0x02, 0x06, 0x81, 0x85)
WHOLE = (0x01, 0x82)


@dataclass
class Handle:
    """An open device: its line to the module and how much of the answer's head has been given."""

    line: socket.socket
    claimed: set[int] = field(default_factory=set)
    begun: bytearray = field(default_factory=bytearray)
    waiting: bytearray = field(default_factory=bytearray)
    head_left: int = HEAD


class UsbBus(usb.backend.IBackend):
    """``endpoints``: two or four bulk endpoints; ``refusals`` maps a call's name to the errno it fails with.

    ``is_split``: what the device does, whatever endpoints it shows. ``transfers`` is what went over the bus: endpoint
    and count of bytes. A connection the module ends is an unplugged device; ``plug`` plugs it in again.
    """

    def __init__(self, address: tuple[str, int], endpoints: tuple[int, ...] = SPLIT) -> None:
        self._address = address
        self._endpoints = endpoints
        self.is_split = len(endpoints) > len(WHOLE)
        self.plugged = True
        self.configuration = 1
        self.driver_in_the_way = False
        self.refusals: dict[str, int] = {}
        self.transfers: list[tuple[int, int]] = []
        self.open_handles: list[Handle] = []
        self.cleared: list[int] = []

    def plug(self) -> None:
        self.plugged = True

    def went_over(self) -> list[tuple[int, int]]:
        """The transfers, those that follow each other on one endpoint added up."""
        groups = groupby(self.transfers, key=itemgetter(0))
        return [(endpoint, sum(count for _, count in group)) for endpoint, group in groups]

    def enumerate_devices(self) -> list[str]:
        return ["hub", "reader"] if self.plugged else ["hub"]

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        vendor, product = (0x0400, 0xC35A) if dev == "reader" else (0x1D6B, 0x0002)
        numbers = {"idVendor": vendor, "idProduct": product, "bNumConfigurations": 1, "bMaxPacketSize0": PACKET}
        more = ("bcdUSB", "bDeviceClass", "bDeviceSubClass", "bDeviceProtocol", "bcdDevice", "iManufacturer")
        rest = dict.fromkeys((*more, "iProduct", "iSerialNumber"), 0)
        place = {"bus": 1, "address": 2, "port_number": 1, "port_numbers": (1,), "speed": 2}
        return SimpleNamespace(bLength=18, bDescriptorType=1, **numbers, **rest, **place)

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        numbers = {"bNumInterfaces": 1, "bConfigurationValue": 1, "iConfiguration": 0, "bmAttributes": 0x80}
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=46, bMaxPower=50, extra_descriptors=[], **numbers
        )

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> SimpleNamespace:
        if (intf, alt) != (0, 0):
            raise IndexError
        numbers = {"bInterfaceClass": 0xFF, "bInterfaceSubClass": 0, "bInterfaceProtocol": 0, "iInterface": 0}
        count = len(self._endpoints) + 1
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=count,
            extra_descriptors=[],
            **numbers,
        )

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        """Describe an interrupt endpoint first: one that is no use to a frame."""
        number, kind = (0x83, INTERRUPT) if ep == 0 else (self._endpoints[ep - 1], BULK)
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=number,
            bmAttributes=kind,
            wMaxPacketSize=PACKET,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: str) -> Handle:
        self._refuse("open_device")
        try:
            line = socket.create_connection(self._address, timeout=5)
        except OSError:
            self.plugged = False
            raise _error(errno.ENODEV) from None
        handle = Handle(line)
        self.open_handles.append(handle)
        return handle

    def close_device(self, dev_handle: Handle) -> None:
        dev_handle.line.close()
        self.open_handles.remove(dev_handle)

    def get_configuration(self, dev_handle: Handle) -> int:
        return self.configuration

    def set_configuration(self, dev_handle: Handle, config_value: int) -> None:
        self.configuration = config_value

    def is_kernel_driver_active(self, dev_handle: Handle, intf: int) -> bool:
        return self.driver_in_the_way

    def detach_kernel_driver(self, dev_handle: Handle, intf: int) -> None:
        self.driver_in_the_way = False

    def claim_interface(self, dev_handle: Handle, intf: int) -> None:
        self._refuse("claim_interface")
        if self.driver_in_the_way:
            raise _error(errno.EBUSY)
        dev_handle.claimed.add(intf)

    def release_interface(self, dev_handle: Handle, intf: int) -> None:
        dev_handle.claimed.discard(intf)
        if not self.plugged:
            raise _error(errno.ENODEV)

    def clear_halt(self, dev_handle: Handle, ep: int) -> None:
        self.cleared.append(ep)
        self.refusals.clear()

    def bulk_write(self, dev_handle: Handle, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._ready(dev_handle, intf, "bulk_write")
        self.transfers.append((ep, len(data)))
        head, rest = (self._endpoints[0], self._endpoints[1]) if self.is_split else (None, self._endpoints[0])
        if ep == head and len(data) == HEAD:
            dev_handle.begun[:] = bytes(data)
        elif ep == rest and bool(dev_handle.begun) == self.is_split:
            frame = bytes(dev_handle.begun) + bytes(data)
            dev_handle.begun.clear()
            dev_handle.head_left = HEAD
            self._over_the_line(lambda: dev_handle.line.sendall(frame))
        else:
            raise _error(errno.EPIPE)
        return len(data)

    def bulk_read(self, dev_handle: Handle, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert timeout > 0, "libusb would wait for ever"
        self._ready(dev_handle, intf, "bulk_read")
        inward = [each for each in self._endpoints if each & 0x80]
        turn = inward[0] if dev_handle.head_left or not self.is_split else inward[1]
        if ep != turn or not self._wait(dev_handle, timeout):
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        most = dev_handle.head_left if self.is_split and dev_handle.head_left else len(dev_handle.waiting)
        if most > len(buff) and len(buff) % PACKET:
            raise _error(errno.EOVERFLOW)
        taken = bytes(dev_handle.waiting[: min(most, len(buff))])
        del dev_handle.waiting[: len(taken)]
        dev_handle.head_left = max(dev_handle.head_left - len(taken), 0)
        buff[: len(taken)] = array("B", taken)
        self.transfers.append((ep, len(taken)))
        return len(taken)

    def _wait(self, handle: Handle, timeout_ms: int) -> bool:
        """Take what the module has sent, waiting for the first byte; false when there is none in time."""
        if not handle.waiting:
            handle.line.settimeout(timeout_ms / 1000)
            try:
                handle.waiting += self._over_the_line(lambda: handle.line.recv(4096))
            except TimeoutError:
                return False
            finally:
                handle.line.settimeout(5)
            if not handle.waiting:
                self.plugged = False
                raise _error(errno.ENODEV)
        return True

    def _over_the_line(self, act: Any) -> Any:
        try:
            return act()
        except TimeoutError:
            raise
        except OSError:
            self.plugged = False
            raise _error(errno.ENODEV) from None

    def _ready(self, handle: Handle, intf: int, call: str) -> None:
        self._refuse(call)
        assert intf in handle.claimed, "the interface must be claimed first"
        if not self.plugged:
            raise _error(errno.ENODEV)

    def _refuse(self, call: str) -> None:
        if call in self.refusals:
            raise _error(self.refusals[call])


def _error(number: int) -> usb.core.USBError:
    return usb.core.USBError(errno.errorcode[number], -1, number)
