"""What a counter says of its devices: out of work, or back."""

from dataclasses import dataclass

from app.domain.floor import FaultFacts
from app.domain.operation import Operation
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.floor_order import stirred
from sync.server.storage import floor
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_MAX_DEVICE, _MAX_REASON = 32, 64


@dataclass(frozen=True, slots=True)
class _Fault:
    device: str
    state: str
    reason: str


def device_fault(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep which devices of the window are out of work; ``state`` is fault or ok."""
    told = payload_of(operation, _Fault)
    if not 0 < len(told.device) <= _MAX_DEVICE or len(told.reason) > _MAX_REASON or told.state not in ("fault", "ok"):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if told.state == "ok":
        floor.end_fault(desk.connection, desk.hall, desk.window, told.device)
    else:
        fault = FaultFacts(desk.window, told.device, told.reason, operation.wall_ms)
        floor.put_fault(desk.connection, desk.hall, fault)
    return [stirred(desk.connection, desk.hall)]
