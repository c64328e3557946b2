"""What an enrolment writes into counter.toml, whole or not at all; what an installer put there before stays."""

import json
import os
import re
from pathlib import Path

from app.domain.rights import Role
from app.ports.enrolment import Identity

_OURS = ("server", "device", "place", "hall")
_TOP_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_GUIDES = re.compile(r"^place\s*=\s*\"guide\"", re.MULTILINE)
_DESKS = {Role.FLOOR_MANAGER: "floor", Role.GUIDE: "guide"}
_PRINTER = """
# 这台电脑接的设备：改成实际的地址，chuangkou doctor 会逐项检查。
[printer]
url = "tcp://127.0.0.1:9100"
charset = "gbk"
columns = 48
"""
_DEVICES = (
    _PRINTER
    + """
# [reader]
# url = "/dev/ttyUSB0"
"""
)


def write_identity(file: Path, server: str, key_store: str, identity: Identity) -> None:
    """Let the settings say who this computer is.

    Raises:
        OSError: the file cannot be written; the one that was there is untouched.
    """
    said = {"server": server, "device": identity.device}
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    if identity.role in _DESKS:
        said |= {"place": _DESKS[identity.role], "hall": identity.hall, "key_store": key_store}
        kept = _guides_printer(old) if identity.role is Role.GUIDE else ""  # no desk has a counter's other devices
    else:
        kept = _without_ours(old)
        if "[printer]" not in kept:
            kept += _DEVICES
    head = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
    _replace(file, head + kept)


def _guides_printer(text: str) -> str:
    """Return the printer of a guide desk that enrols again, else the one to begin with."""
    was_one = _GUIDES.search(text) is not None
    return "\n" + text[text.index("[") :] if was_one and "[printer]" in text else _PRINTER


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
