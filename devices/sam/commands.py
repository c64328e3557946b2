"""The commands of a SAM module and what its answers mean."""

from dataclasses import dataclass

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

SW_SIZE = 3
SAM_ID_SIZE = 16
TEXT_SIZE = 256
ADDRESS_SIZE = 70

OK = 0x90
FOUND = 0x9F
ABSENT = 0x91
UNSUPPORTED = 0x21
MISHEARD = 0x10

_REASONS = {
    0x10: FaultReason.CHECKSUM,
    0x11: FaultReason.LENGTH,
    0x21: FaultReason.COMMAND,
    0x23: FaultReason.NOT_PERMITTED,
    0x24: FaultReason.UNKNOWN,
    0x31: FaultReason.CARD_REJECTS_SAM,
    0x32: FaultReason.SAM_REJECTS_CARD,
    0x33: FaultReason.VERIFICATION,
    0x37: FaultReason.FINGERPRINT,
    0x3F: FaultReason.LENGTH,
    0x40: FaultReason.CARD_TYPE,
    0x41: FaultReason.READ_FAILED,
    0x47: FaultReason.RANDOM_NUMBER,
    0x60: FaultReason.SELF_TEST,
    0x66: FaultReason.NOT_AUTHORISED,
    0x80: FaultReason.NO_CARD,
    0x81: FaultReason.SELECT_FAILED,
    0x91: FaultReason.ITEM_ABSENT,
}


@dataclass(frozen=True, slots=True)
class Command:
    """CMD and PARA, the SW3 of success, and how long the module may take."""

    code: bytes
    success: int
    timeout_ms: int


RESET = Command(b"\x10\xff", OK, 1000)
STATUS = Command(b"\x11\xff", OK, 1000)
SAM_ID = Command(b"\x12\xff", OK, 300)
FIND = Command(b"\x20\x01", FOUND, 1000)
SELECT = Command(b"\x20\x02", OK, 1000)
READ = Command(b"\x30\x01", OK, 3000)
NEWEST_ADDRESS = Command(b"\x30\x03", OK, 1500)


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """SW3 and the data behind it. SW1 and SW2 may hold anything and are not kept."""

    sw3: int
    data: bytes = b""


def parse_answer(payload: bytes) -> Answer:
    """Split a response payload.

    Raises:
        DeviceError: ``GARBLED``, too short to hold SW1 SW2 SW3.
    """
    if len(payload) < SW_SIZE:
        raise DeviceError(FaultReason.GARBLED, "answer without status")
    return Answer(payload[SW_SIZE - 1], payload[SW_SIZE:])


def reason_of(sw3: int) -> FaultReason:
    """Return why a module refused; ``UNKNOWN`` for a code no document lists."""
    return _REASONS.get(sw3, FaultReason.UNKNOWN)


def is_known(sw3: int) -> bool:
    """Say whether a module answers this code at all, as success or as refusal."""
    return sw3 in (OK, FOUND) or sw3 in _REASONS


def expect(command: Command, answer: Answer) -> bytes:
    """Return the data of a success.

    Raises:
        DeviceError: the reason behind any other SW3.
    """
    if answer.sw3 != command.success:
        raise DeviceError(reason_of(answer.sw3), f"command={command.code.hex()} sw3={answer.sw3:02x}")
    return answer.data


def text_block(data: bytes) -> bytes:
    """Return the 256 text bytes of a read, and nothing of photo and fingerprint.

    ``textlen photolen [fingerprintlen] | text | photo | fingerprint``: every length comes from these fields.

    Raises:
        DeviceError: ``LENGTH``, the fields do not add up to the data or the text is not 256 bytes.
    """
    text, photo, fingerprint = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2, 4))
    with_fingerprint = 6 + text + photo + fingerprint == len(data)
    if text != TEXT_SIZE or not (with_fingerprint or 4 + text + photo == len(data)):
        raise DeviceError(FaultReason.LENGTH, f"read of {len(data)} bytes, text {text}, photo {photo}")
    start = 6 if with_fingerprint else 4
    return data[start : start + text]


def newest_address(data: bytes) -> str:
    """Return the address written to the chip after the card was printed (70 bytes of UTF-16LE).

    Raises:
        DeviceError: ``LENGTH`` or ``CARD_DATA``.
    """
    if len(data) != ADDRESS_SIZE:
        raise DeviceError(FaultReason.LENGTH, f"address of {len(data)} bytes")
    try:
        return data.decode("utf-16-le").rstrip(" \0")
    except UnicodeDecodeError:
        raise DeviceError(FaultReason.CARD_DATA, "address is not UTF-16") from None


def sam_id(data: bytes) -> str:
    """Return the module's serial number as printed on its label, ``05.01-20101129-0001228293-0296863149``.

    Raises:
        DeviceError: ``LENGTH``.
    """
    if len(data) != SAM_ID_SIZE:
        raise DeviceError(FaultReason.LENGTH, f"SAM id of {len(data)} bytes")
    fields = [int.from_bytes(data[start:end], "little") for start, end in ((0, 2), (2, 4), (4, 8), (8, 12), (12, 16))]
    return "{:02d}.{:02d}-{:d}-{:010d}-{:010d}".format(*fields)
