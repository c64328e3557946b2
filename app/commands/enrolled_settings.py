"""What an enrolment writes into counter.toml, whole or not at all; what an installer put there before stays."""

import json
import os
import re
from pathlib import Path

from app.domain.rights import Role
from app.ports.enrolment import Identity

_OURS = ("server", "device", "place", "hall")
_TOP_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_DEVICES = """
# 这台电脑接的设备：改成实际的地址，chuangkou doctor 会逐项检查。
[printer]
url = "tcp://127.0.0.1:9100"
charset = "gbk"
columns = 48

# [reader]
# url = "/dev/ttyUSB0"
"""


def write_identity(file: Path, server: str, key_store: str, identity: Identity) -> None:
    """Let the settings say who this computer is.

    Raises:
        OSError: the file cannot be written; the one that was there is untouched.
    """
    said = {"server": server, "device": identity.device}
    if identity.role is Role.FLOOR_MANAGER:
        said |= {"place": "floor", "hall": identity.hall, "key_store": key_store}
        kept = ""  # a manager's computer has no counter's devices
    else:
        kept = _without_ours(file.read_text(encoding="utf-8") if file.exists() else "")
        if "[printer]" not in kept:
            kept += _DEVICES
    head = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
    _replace(file, head + kept)


def _without_ours(text: str) -> str:
    """Return the settings without the keys that an enrolment writes; those of the tables are left alone."""
    lines = text.splitlines(keepends=True)
    top = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    return "".join([*(line for line in lines[:top] if not _is_ours(line)), *lines[top:]])


def _is_ours(line: str) -> bool:
    found = _TOP_KEY.match(line)
    return found is not None and found[1] in _OURS


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".toml.new")
    with fresh.open("w", encoding="utf-8") as writing:
        writing.write(text)
        writing.flush()
        os.fsync(writing.fileno())
    fresh.replace(file)
