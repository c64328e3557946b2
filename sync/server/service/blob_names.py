"""How bytes are named at rest: nobody without the key can tell from a name whether a known paper is here."""

from sync.server.service.context import Context


def blob_name(context: Context, hall: str, sha256: str) -> str:
    """Return the mark of a hash, 32 hex characters."""
    return context.cipher.mark(bytes.fromhex(sha256), f"blob/{hall}").hex()


def sealed_hash(context: Context, hall: str, copy_id: str, sha256: str) -> bytes:
    """Return the hash sealed for the row of a copy."""
    return context.cipher.seal(bytes.fromhex(sha256), f"copy/{hall}/{copy_id}")


def opened_hash(context: Context, hall: str, copy_id: str, sealed: bytes) -> str:
    """Return the hash of a row, 64 hex characters; raises ``SealBroken``."""
    return context.cipher.open(sealed, f"copy/{hall}/{copy_id}").hex()
