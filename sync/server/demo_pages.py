"""Makes fresh enrolment links of the demo's kiosk and board at every start, in a file of its own."""

import json
import os
from pathlib import Path

from app.domain.rights import Role
from sync.server.demo_hall import HALL
from sync.server.service.context import Context
from sync.server.service.enrol_page import make_link
from sync.server.storage.devices import Device

FILE = "demo-pages.json"


def write_links(context: Context, data: Path, base_url: str) -> None:
    """Write ``{"board", "kiosk", "board_enrolment", "kiosk_enrolment"}``: addresses, for the owner's eyes only."""
    links = {"board": f"{base_url}/halls/{HALL}/board", "kiosk": f"{base_url}/halls/{HALL}/kiosk"}
    for role in (Role.BOARD, Role.KIOSK):
        links[f"{role.value}_enrolment"] = (
            base_url + make_link(context, Device(HALL, role.value, role.value, None)).path
        )
    fresh = (data / FILE).with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(links, file, ensure_ascii=False, indent=2)
    fresh.replace(data / FILE)
