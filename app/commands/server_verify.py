"""``chuangkou server verify``: whether the log of operations is whole, and what every day's anchors say of it."""

from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from app.commands.json_line import Line
from app.commands.system_clock import SystemClock
from app.storage.messages import text


def verified(url: str, data: Path, key: bytes) -> Line:
    """Return the line of what was found; with ``error`` and ``findings`` where something is not as it was written.

    Raises:
        OSError: the anchors cannot be read.
        StorageFault: the database cannot.
    """
    from sync.server.service.context import Context  # noqa: PLC0415 - heavy, and only this verb needs it
    from sync.server.service.verify_anchors import MOST_TOLD, verify  # noqa: PLC0415 - as above
    from sync.server.storage.anchor_files import AnchorFiles  # noqa: PLC0415 - as above
    from sync.server.storage.cipher import AesGcmCipher  # noqa: PLC0415 - as above
    from sync.server.storage.engine import open_storage  # noqa: PLC0415 - as above

    clock = SystemClock()
    with closing(open_storage(url, clock)) as storage:
        found = verify(Context(storage, clock, AesGcmCipher(key, clock.random_bytes)), AnchorFiles(data))
    figures = {
        "operations": found.operations,
        "chains": found.chains,
        "files": found.files,
        "newest": found.newest,
    }
    if not found.findings:
        return {**figures, "message": text("verify_sound" if found.files else "verify_no_anchors", **figures)}
    code = "verify_restored" if found.restored else "verify_unsound"
    told = [{**asdict(each), "message": text(each.code, **asdict(each))} for each in found.findings[:MOST_TOLD]]
    message = text(code, count=len(found.findings), first=told[0]["message"])
    return {"error": code, **figures, "count": len(found.findings), "findings": told, "message": message}
