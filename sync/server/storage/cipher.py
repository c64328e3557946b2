"""Seals personal data at rest behind one small interface, so that another algorithm can take its place."""

import hmac
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE = "server.key"
KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK_BYTES = 16
_VERSION = b"\x01"


class KeyMissing(Exception):  # noqa: N818 - a state of the installation, told to the operator
    """There is no key file; the server must not invent one beside existing data."""


class SealBroken(Exception):  # noqa: N818 - found when reading, not caused by it
    """The sealed bytes were altered, or belong to another row or key."""


class Cipher(Protocol):
    """Authenticated encryption; ``context`` ties the sealed bytes to their row."""

    def seal(self, plain: bytes, context: str) -> bytes:
        """Return the sealed bytes."""
        ...

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return the plain bytes.

        Raises:
            SealBroken: altered, or sealed for another row.
        """
        ...

    def mark(self, plain: bytes, context: str) -> bytes:
        """Return 16 bytes by which the same text is found again, and which tell nothing to who has no key."""
        ...


class AesGcmCipher:
    """AES-256-GCM; sealed form: version byte, 12-byte nonce, ciphertext with tag."""

    def __init__(self, key: bytes, random_bytes: Callable[[int], bytes]) -> None:
        self._aead = AESGCM(key)
        self._random_bytes = random_bytes
        self._marks = hmac.digest(key, b"chuangkou marks", "sha256")

    def seal(self, plain: bytes, context: str) -> bytes:
        """Return version, nonce and ciphertext."""
        nonce = self._random_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._aead.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return the plain bytes."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _VERSION:
            raise SealBroken("unknown version")
        try:
            return self._aead.decrypt(nonce, body, context.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken("wrong key, row or bytes") from error

    def mark(self, plain: bytes, context: str) -> bytes:
        """Return the beginning of HMAC-SHA256 under a key of its own, derived from the installation's."""
        return hmac.digest(self._marks, context.encode() + b"\0" + plain, "sha256")[:_MARK_BYTES]


def read_key(directory: Path) -> bytes:
    """Return the key of this installation.

    Raises:
        KeyMissing: no key file, or one that other users may read, or of the wrong length.
    """
    path = directory / KEY_FILE
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyMissing(f"{KEY_FILE} must be readable by its owner only")
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyMissing(f"{KEY_FILE} is missing or unreadable") from error
    if len(key) != KEY_BYTES:
        raise KeyMissing(f"{KEY_FILE} must hold {KEY_BYTES} bytes in hex")
    return key


def make_key(directory: Path, random_bytes: Callable[[int], bytes]) -> None:
    """Write a fresh key file that only its owner may read; an existing one is never touched."""
    handle = os.open(directory / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(random_bytes(KEY_BYTES).hex())
        file.flush()
        os.fsync(file.fileno())
