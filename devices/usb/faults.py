"""What pyusb and libusb say, translated once to the one error of the devices."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

_REASONS = {
    errno.EACCES: FaultReason.NO_ACCESS,
    errno.EPERM: FaultReason.NO_ACCESS,
    errno.EBUSY: FaultReason.PORT_BUSY,
    errno.EPIPE: FaultReason.GARBLED,
}
"""A stalled endpoint (EPIPE) is cleared by the port and asked again."""


def library() -> Any:
    """Return pyusb.

    Raises:
        DeviceError: ``USB_MISSING``, it is not installed.
    """
    try:
        import usb.core  # type: ignore[import-untyped] # noqa: PLC0415 - only who has a USB reader waits for it
        import usb.util  # type: ignore[import-untyped] # noqa: PLC0415 - the same
    except ImportError as error:
        raise DeviceError(FaultReason.USB_MISSING, "pyusb") from error
    # It logs every attempt, and in detail what went over the bus: a card is nobody's business in a log.
    logging.getLogger("usb").setLevel(logging.CRITICAL)
    return usb


@contextmanager
def translated(otherwise: FaultReason) -> Iterator[None]:
    """Turn what pyusb raises into ``DeviceError``; ``otherwise`` where the number says nothing more.

    ``NotImplementedError`` is what a Windows without a driver for the device answers.
    """
    usb = library()
    try:
        yield
    except usb.core.USBTimeoutError as error:
        raise DeviceError(FaultReason.SILENT, str(error)) from error
    except usb.core.USBError as error:
        raise DeviceError(_REASONS.get(error.errno, otherwise), str(error)) from error
    except usb.core.NoBackendError as error:
        raise DeviceError(FaultReason.USB_MISSING, str(error)) from error
    except NotImplementedError as error:
        raise DeviceError(FaultReason.NO_ACCESS, str(error)) from error
