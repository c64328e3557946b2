"""Why the counter's own store cannot be used, as one exception with a reason that every face can show."""

from enum import StrEnum


class StoreFaultReason(StrEnum):
    """The codes of the ``[error]`` table."""

    DAMAGED = "store_damaged"
    WRONG_KEY = "wrong_key"
    NEWER = "store_newer"
    DISK_FULL = "disk_full"
    BUSY = "store_busy"
    UNUSABLE = "store_unusable"
    NO_KEYRING = "no_keyring"
    KEY_MISSING = "store_key_missing"
    KEY_EXPOSED = "key_exposed"
    KEY_DAMAGED = "key_damaged"


class StoreFault(Exception):  # noqa: N818 - a state of the machine, not a bug
    """The store or its key failed; nothing of the transaction at hand was kept."""

    def __init__(self, reason: StoreFaultReason) -> None:
        super().__init__(reason.value)
        self.reason = reason
