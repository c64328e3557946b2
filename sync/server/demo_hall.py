"""Sets hall 9901 up for ``--demo``: devices, clerks, and the one file that tells their tokens and passwords."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.rights import Role
from app.ports.clock import Clock
from sync.server.service import provision
from sync.server.service.hall_plan import window_numbers
from sync.server.service.tokens import new_token
from sync.server.storage.engine import Storage

HALL = "9901"
CREDENTIALS = "demo-credentials.json"
GUIDE_TOKEN = "demo-guide.token"  # noqa: S105 - a file's name
REVIEW_TOKEN = "demo-review.token"  # noqa: S105 - a file's name
REVIEW_PLACE = "R01"
"""The computer behind the windows at which a reviewer sits; no ticket is called there."""
_OTHER_DEVICES = {"kiosk": Role.KIOSK, "manager": Role.FLOOR_MANAGER}
_PASSWORD_BYTES = 6


def set_up(storage: Storage, clock: Clock, data: Path, base_url: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Make the hall on the first start, keep it on later ones; returns what the credentials file holds."""
    kept = _read(data / CREDENTIALS)
    roles = dict.fromkeys(window_numbers(document), Role.COUNTER) | _OTHER_DEVICES
    staff = provision.profiles_of(document)
    tokens = {device: kept["tokens"].get(device) or new_token(clock) for device in roles}
    passwords = {
        each.clerk: kept["clerks"].get(each.clerk) or clock.random_bytes(_PASSWORD_BYTES).hex() for each in staff
    }
    fresh = provision.add_hall(storage, clock, HALL, document["center"]["code"])
    for device, role in roles.items():
        if fresh or device not in kept["tokens"]:
            window = device if role is Role.COUNTER else None
            provision.add_device(storage, HALL, device, role, token=tokens[device], window=window)
    for profile in staff:
        if fresh or profile.clerk not in kept["clerks"]:
            provision.add_clerk(storage, profile, HALL, passwords[profile.clerk])
    _set_up_guide(storage, clock, data / GUIDE_TOKEN, fresh=fresh)
    _set_up_review(storage, clock, data / REVIEW_TOKEN, fresh=fresh)
    credentials = {
        "hall": HALL,
        "base_url": base_url,
        "tokens": tokens,
        "clerks": passwords,
        "businesses": [each["code"] for each in document["businesses"]],
    }
    _write(data / CREDENTIALS, credentials)
    return credentials


def _set_up_guide(storage: Storage, clock: Clock, file: Path, *, fresh: bool) -> None:
    """Make the guide desk's computer, whose token lies in a file of its own."""
    if fresh or not file.exists():
        token = new_token(clock)
        provision.add_device(storage, HALL, "guide", Role.GUIDE, token=token)
        _replace(file, token)


def _set_up_review(storage: Storage, clock: Clock, file: Path, *, fresh: bool) -> None:
    """Make the reviewer's computer: a counter of its own behind the windows."""
    if fresh or not file.exists():
        token = new_token(clock)
        provision.add_device(storage, HALL, REVIEW_PLACE, Role.COUNTER, token=token, window=REVIEW_PLACE)
        _replace(file, token)


def _read(path: Path) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = {"tokens": {}, "clerks": {}}
    if path.exists():
        kept |= json.loads(path.read_text("utf-8"))
    return kept


def _write(path: Path, credentials: Mapping[str, Any]) -> None:
    _replace(path, json.dumps(credentials, ensure_ascii=False, indent=2))


def _replace(path: Path, text: str) -> None:
    """Replace the file at once, so that nobody reads half of it; only the owner may."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
