"""Which bulk endpoints a frame goes over: what the address says, else what the device's descriptor shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from devices.usb.address import INWARD, UsbAddress, UsbFrame

PAIR = 2


@dataclass(frozen=True, slots=True)
class Bulk:
    """A bulk endpoint; ``packet`` is the most bytes one packet of it carries."""

    number: int
    packet: int


@dataclass(frozen=True, slots=True)
class Pipes:
    """One endpoint each way, or two: the first for the head of a frame, the second for the rest of it."""

    out: tuple[Bulk, ...]
    into: tuple[Bulk, ...]


def choose(found: Sequence[Bulk], address: UsbAddress) -> Pipes | None:
    """Return the endpoints to use among those of one interface; None when it has not what the address asks for."""
    ordered = sorted(found, key=lambda each: each.number)
    outward = [each for each in ordered if not each.number & INWARD]
    inward = [each for each in ordered if each.number & INWARD]
    two_pairs = len(outward) >= PAIR and len(inward) >= PAIR
    frame = address.frame or (UsbFrame.SPLIT if two_pairs else UsbFrame.WHOLE)
    count = PAIR if frame is UsbFrame.SPLIT else 1
    out, into = _named(outward, address.out, count), _named(inward, address.into, count)
    return Pipes(out, into) if out and into else None


def _named(there: Sequence[Bulk], named: tuple[int, ...], count: int) -> tuple[Bulk, ...]:
    """Return the named ones in the order they were named, or the first ``count``; nothing when any is missing."""
    by_number = {each.number: each for each in there}
    chosen = [by_number.get(number) for number in named] if named else list(there[:count])
    present = tuple(each for each in chosen if each is not None)
    return present if len(present) == (len(named) or count) else ()
