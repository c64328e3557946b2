"""``chuangkou server --enrol``: who runs the machine makes a one-time code there; one JSON line, nothing is served."""

import json
import sys
from contextlib import closing
from datetime import datetime

from app.domain.business_day import CHINA
from app.domain.rights import Role
from app.ports.clock import Clock
from sync.protocol.enrolment_messages import CodeIssued, IssueCode
from sync.server.service.context import Context
from sync.server.service.issue_code import make_code
from sync.server.service.refusals import refusal
from sync.server.storage import halls
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.engine import Storage

DESKS = {"manager": Role.FLOOR_MANAGER, "guide": Role.GUIDE}
"""What is given in place of a window for the floor manager's desk and the guide's."""


def enrol_here(storage: Storage, clock: Clock, key: bytes, place: str) -> None:
    """Say the code for ``place``: a window of the one hall, ``manager`` or ``guide``.

    Raises:
        Refused: as ``make_code``; ``unknown_hall`` where there is none, or more than one.
    """
    context = Context(storage, clock, AesGcmCipher(key, clock.random_bytes))
    with closing(storage):
        codes = storage.read(halls.codes)
        if len(codes) != 1:
            raise refusal("unknown_hall")
        issued = make_code(context, codes[0], _request(place), by="operator")
    sys.stdout.write(json.dumps(_line(codes[0], issued), ensure_ascii=False) + "\n")


def _request(place: str) -> IssueCode:
    role = DESKS.get(place)
    return IssueCode(window=place.strip().upper()) if role is None else IssueCode(role=role)


def _line(hall: str, issued: CodeIssued) -> dict[str, object]:
    return {
        "code": issued.code,
        "hall": hall,
        "device": issued.device,
        "expires": datetime.fromtimestamp(issued.expires_ms / 1000, CHINA).isoformat(timespec="seconds"),
        "replaces": issued.replaces,
    }
