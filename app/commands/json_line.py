"""The one JSON line a command answers with: what was done, or a code with its sentence (design.md)."""

import errno
import json
import sys
from collections.abc import Mapping

from app.storage.messages import text

DONE = 0
REFUSED = 3
NO_ROOM = "backup_no_room"

Line = Mapping[str, object]


class Refusal(Exception):  # noqa: N818 - told as one JSON line
    """What was asked for cannot be done; ``code`` is in the messages."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def refuse(code: str, **values: object) -> int:
    """Say no; return the exit status."""
    return say({"error": code, "message": text(code, **values)}, REFUSED)


def say(line: Line, status: int) -> int:
    """Write the line; return the exit status."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return status


def disk_code(error: OSError) -> str:
    """Return the code for a disk that does not take a backup, or what is restored from one."""
    return NO_ROOM if error.errno in (errno.ENOSPC, errno.EDQUOT) else "backup_not_written"
