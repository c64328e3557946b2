"""Where the two secrets of a counter live: in the system's keyring, or in a file if an administrator chose that."""

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, Self

from app.ports.clock import Clock
from app.ports.store_fault import StoreFault, StoreFaultReason

SECRET_BYTES = 32
SERVICE = "chuangkou"

# Chosen by hand: the keyring library's own choice may fall back to a prompt on the terminal or to plain text.
_BACKENDS = {
    "linux": "keyring.backends.SecretService",
    "win32": "keyring.backends.Windows",
    "darwin": "keyring.backends.macOS",
}
_BACKEND_CLASSES = {"linux": "Keyring", "win32": "WinVaultKeyring", "darwin": "Keyring"}


@dataclass(frozen=True, slots=True, repr=False)
class CounterKeys:
    """The key of the database, and the seed of the device key that signs operations; 32 bytes each."""

    database: bytes
    device_seed: bytes

    def to_text(self) -> str:
        """Return what a key place keeps."""
        return (self.database + self.device_seed).hex()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what ``to_text`` made.

        Raises:
            StoreFault: with reason key_damaged.
        """
        try:
            secret = bytes.fromhex(text.strip())
        except ValueError:
            raise StoreFault(StoreFaultReason.KEY_DAMAGED) from None
        if len(secret) != 2 * SECRET_BYTES:
            raise StoreFault(StoreFaultReason.KEY_DAMAGED)
        return cls(secret[:SECRET_BYTES], secret[SECRET_BYTES:])


class KeyPlace(Protocol):
    """Where a counter's keys are kept."""

    def read(self) -> str | None:
        """Return what is kept, or None."""
        ...

    def write(self, text: str) -> None:
        """Keep it."""
        ...


def load_keys(place: KeyPlace, clock: Clock, *, store_exists: bool) -> CounterKeys:
    """Return the counter's keys; makes them for a counter that has no store yet.

    Raises:
        StoreFault: no keyring, a damaged or exposed key, or a store whose key is gone: a new key would not open it.
    """
    kept = place.read()
    if kept is not None:
        return CounterKeys.from_text(kept)
    if store_exists:
        raise StoreFault(StoreFaultReason.KEY_MISSING)
    keys = CounterKeys(clock.random_bytes(SECRET_BYTES), clock.random_bytes(SECRET_BYTES))
    place.write(keys.to_text())
    return keys


class SystemKeyring:
    """The keyring of the desktop session; ``name`` tells several stores of one user apart."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self) -> str | None:
        """See ``KeyPlace``."""
        with _translated():
            kept: str | None = _backend().get_password(SERVICE, self._name)
        return kept

    def write(self, text: str) -> None:
        """See ``KeyPlace``."""
        with _translated():
            _backend().set_password(SERVICE, self._name, text)


class KeyFile:
    """A file of the owner alone (0600), for the demo, tests, and centres that configured it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str | None:
        """See ``KeyPlace``.

        Raises:
            StoreFault: others may read the file.
        """
        try:
            with self._path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                text = file.read(4 * SECRET_BYTES + 2).decode("ascii", "replace")
        except FileNotFoundError:
            return None
        # Windows has no such bits; the file lies in the user's own profile there.
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise StoreFault(StoreFaultReason.KEY_EXPOSED)
        return text

    def write(self, text: str) -> None:
        """See ``KeyPlace``. The key is on the disk before any database is encrypted with it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


def key_place(kind: str, data: Path) -> KeyPlace:
    """Return where the counter of this data directory keeps its keys: ``file`` or ``keyring``."""
    return KeyFile(data / "counter.key") if kind == "file" else SystemKeyring(str(data))


def backend_name() -> str:
    """Return what keeps the keys on this system, as its own documentation calls it; empty where nothing can."""
    return _BACKENDS.get(sys.platform, "").rpartition(".")[2]


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def _backend() -> _Backend:
    if sys.platform not in _BACKENDS:
        raise StoreFault(StoreFaultReason.NO_KEYRING)
    backend_class = getattr(import_module(_BACKENDS[sys.platform]), _BACKEND_CLASSES[sys.platform])
    _ = backend_class.priority  # asks for the service: its absence is told here, or as an error of a library beneath
    backend: _Backend = backend_class()
    return backend


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    from keyring.errors import KeyringError  # noqa: PLC0415 - loading it costs a start that has a key file

    try:
        yield
    except (KeyringError, RuntimeError, OSError) as error:
        # Backends say RuntimeError or OSError where the service they need is not there.
        raise StoreFault(StoreFaultReason.NO_KEYRING) from error
