"""The one error adapters to hardware raise: library exceptions are translated to it at the edge."""

from app.ports.device_fault import Advice, FaultReason

_ADVICE = {
    FaultReason.BAD_PORT: Advice.CHECK_SETTINGS,
    FaultReason.PORT_ABSENT: Advice.CHECK_CABLE,
    FaultReason.PORT_BUSY: Advice.CLOSE_OTHER_PROGRAM,
    FaultReason.DISCONNECTED: Advice.CHECK_CABLE,
    FaultReason.SILENT: Advice.CHECK_CABLE,
    FaultReason.GARBLED: Advice.REPLUG,
    FaultReason.NO_ACCESS: Advice.GIVE_ACCESS,
    FaultReason.USB_MISSING: Advice.INSTALL_LIBUSB,
    FaultReason.USB_ENDPOINTS: Advice.CHECK_SETTINGS,
    FaultReason.LIBRARY_UNUSABLE: Advice.CHECK_LIBRARY,
    FaultReason.HELPER_LOST: Advice.REPLUG,
    FaultReason.ITEM_ABSENT: Advice.LAY_AGAIN,
    FaultReason.CHECKSUM: Advice.REPLUG,
    FaultReason.LENGTH: Advice.REPLUG,
    FaultReason.COMMAND: Advice.CALL_SUPPORT,
    FaultReason.NOT_PERMITTED: Advice.CALL_SUPPORT,
    FaultReason.UNKNOWN: Advice.REPLUG,
    FaultReason.CARD_REJECTS_SAM: Advice.LAY_AGAIN,
    FaultReason.SAM_REJECTS_CARD: Advice.LAY_AGAIN,
    FaultReason.VERIFICATION: Advice.LAY_AGAIN,
    FaultReason.FINGERPRINT: Advice.LAY_AGAIN,
    FaultReason.CARD_TYPE: Advice.TYPE_BY_HAND,
    FaultReason.READ_FAILED: Advice.LAY_AGAIN,
    FaultReason.RANDOM_NUMBER: Advice.LAY_AGAIN,
    FaultReason.SELF_TEST: Advice.CALL_SUPPORT,
    FaultReason.NOT_AUTHORISED: Advice.CALL_SUPPORT,
    FaultReason.NO_CARD: Advice.LAY_CARD,
    FaultReason.SELECT_FAILED: Advice.LAY_AGAIN,
    FaultReason.CARD_DATA: Advice.TYPE_BY_HAND,
}


class DeviceError(Exception):
    """A device could not do what it was asked.

    ``reason`` says why and ``advice`` what a person should try first. ``detail`` is for the log of a technician and
    never holds personal data.
    """

    def __init__(self, reason: FaultReason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.advice = _ADVICE[reason]
        self.detail = detail
