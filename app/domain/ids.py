"""UUIDv7 on Python 3.11: ids that sort by the moment they were made (RFC 9562 section 5.7)."""

import uuid

RANDOM_BYTES = 10


def uuid7(now_ms: int, random: bytes) -> str:
    """Return a UUIDv7 from UTC milliseconds and ten random bytes.

    Raises:
        ValueError: the time does not fit 48 bits, or there are not ten bytes.
    """
    if not 0 <= now_ms < 1 << 48:
        raise ValueError("now_ms must fit 48 bits")
    if len(random) != RANDOM_BYTES:
        raise ValueError("ten random bytes are needed")
    value = int.from_bytes(now_ms.to_bytes(6, "big") + random, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
