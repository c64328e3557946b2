"""The Ed25519 key with which this device signs its operations."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Ed25519Signer:
    """Implements ``app.ports.signer.Signer`` from a seed of 32 bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    def public_key(self) -> str:
        """See ``Signer``."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """See ``Signer``."""
        return self._key.sign(message).hex()
