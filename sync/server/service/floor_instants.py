"""How each window stands with its instant cases today: how many were done the day they came, which are open (I05)."""

from collections.abc import Collection

from app.domain.case import CaseState
from sync.protocol.floor_messages import FloorInstants
from sync.server.storage.engine import Transaction
from sync.server.storage.instant_cases import DONE, instant_cases

_NOT_COUNTED = frozenset({CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.VOIDED, CaseState.SUPPLEMENT_NOTICED})
"""Ended otherwise, or waiting for the citizen: neither done nor late."""


def floor_instants(connection: Transaction, hall: str, items: Collection[str], day: str) -> list[FloorInstants]:
    """Return one line a window that had any, in the windows' order; ``items`` are the instant items."""
    cases = instant_cases(connection, hall, items, day)
    return [
        FloorInstants(
            window=window,
            came=sum(each.today and each.state not in _NOT_COUNTED for each in own),
            done=sum(each.today and each.state in DONE for each in own),
            open=[each.case_no for each in own if each.open],
        )
        for window in dict.fromkeys(each.window for each in cases)
        for own in [[each for each in cases if each.window == window]]
    ]
