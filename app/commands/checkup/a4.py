"""The A4 role: the queue is asked whether it takes paper, the folder whether it takes files."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from app.commands.checkup.finding import Ill, Seen
from app.ports.originals import A4Reason
from app.storage.messages import text
from printing.a4_address import LP, parse_address

ANSWER_S: Final = 5.0


def a4(url: str, data: Path) -> Seen | str:
    """Look at ``lp:QUEUE`` or ``folder:DIR`` (relative to ``data``); what is not made yet must be possible to make."""
    kind, rest = parse_address(url)
    if kind == LP:
        return _queue(url, rest)
    folder = data / rest
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise Ill(A4Reason.NOT_WRITTEN)
    return url


def _queue(url: str, queue: str) -> Seen | str:
    if shutil.which("lp") is None:
        raise Ill(A4Reason.NO_PROGRAM)
    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return text("a4_not_asked", url=url)
    try:
        asked = subprocess.run(  # noqa: S603 - the queue's name was checked with the settings
            [lpstat, "-p", queue],
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
            text=True,
            timeout=ANSWER_S,
        )
    except subprocess.TimeoutExpired as error:
        raise Ill("a4_silent") from error
    if asked.returncode != 0:
        raise Ill("a4_no_queue", queue=queue)
    return Seen(url, "a4_disabled" if " disabled since " in asked.stdout else "")
