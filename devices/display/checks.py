"""The check codes that window displays and keypads put behind their bytes (devices.md section 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Literal

Order = Literal["big", "little"]
BYTE = 0xFF
WORD = 0xFFFF
_MODBUS = 0xA001
"""x^16 + x^15 + x^2 + 1, lowest bit first."""
_CCITT = 0x1021
"""x^16 + x^12 + x^5 + 1, highest bit first."""
_TOP_BIT = 0x8000


def sum8(data: bytes) -> int:
    """Return the sum of the bytes, its low byte."""
    return sum(data) & BYTE


def xor8(data: bytes) -> int:
    """Return the exclusive or of the bytes."""
    return reduce(xor, data, 0)


def neg8(data: bytes) -> int:
    """Return the two's complement of the sum: bytes and check together sum up to 0."""
    return -sum(data) & BYTE


def crc16_modbus(data: bytes) -> int:
    """Return CRC-16/MODBUS: start FFFF, bits lowest first."""
    crc = WORD
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (_MODBUS if crc & 1 else 0)
    return crc


def crc16_ccitt(data: bytes, start: int = WORD) -> int:
    """Return CRC16-CCITT, bits highest first: ``start`` FFFF is CRC-16/CCITT-FALSE, 0 is CRC-16/XMODEM."""
    crc = start
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ (_CCITT if crc & _TOP_BIT else 0)) & WORD
    return crc


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A check code; ``order`` is the byte order of two bytes where a template says none."""

    work_out: Callable[[bytes], int]
    width: int
    order: Order = "big"


KINDS: Mapping[str, CheckKind] = {
    "sum8": CheckKind(sum8, 1),
    "xor8": CheckKind(xor8, 1),
    "neg8": CheckKind(neg8, 1),
    "crc16-modbus": CheckKind(crc16_modbus, 2, "little"),
    "crc16-ccitt": CheckKind(crc16_ccitt, 2),
    "crc16-xmodem": CheckKind(lambda data: crc16_ccitt(data, 0), 2),
}
"""The names a template may use."""
