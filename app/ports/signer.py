"""What signs a device's operations; the private key never leaves its adapter."""

from typing import Protocol


class Signer(Protocol):
    """An Ed25519 key of one device (sync.md section 5)."""

    def public_key(self) -> str:
        """Return the raw public key as 64 hex characters."""
        ...

    def sign(self, message: bytes) -> str:
        """Return the signature as 128 hex characters."""
        ...
