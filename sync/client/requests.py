"""What the sync session may want of the server: data, so that a test or a simulation can look at it."""

from dataclasses import dataclass

from sync.protocol.messages import NOTHING_NAMED, Named, Push, RegisterCounter


@dataclass(frozen=True, slots=True)
class Register:
    """Make this counter known."""

    message: RegisterCounter


@dataclass(frozen=True, slots=True)
class PushOperations:
    """Hand over the oldest operations of the outbox."""

    message: Push


@dataclass(frozen=True, slots=True)
class PushFormer:
    """Hand over operations of an earlier chain of this computer, as they were signed."""

    message: Push


@dataclass(frozen=True, slots=True)
class PullPage:
    """Ask for the events after the cursor."""

    hall: str
    cursor: int


@dataclass(frozen=True, slots=True)
class TakeSnapshot:
    """Ask for everything that counts anew, and for what this counter follows by name."""

    hall: str
    named: Named = NOTHING_NAMED


@dataclass(frozen=True, slots=True)
class CompareDigest:
    """Ask for the digests of the server's tables."""

    hall: str


@dataclass(frozen=True, slots=True)
class Reconnect:
    """Build the connection anew: the outbox has not moved for a minute although the server answers."""


@dataclass(frozen=True, slots=True)
class Wait:
    """There is nothing to do for so many milliseconds, unless woken."""

    milliseconds: int


Request = Register | PushOperations | PushFormer | PullPage | TakeSnapshot | CompareDigest | Reconnect
