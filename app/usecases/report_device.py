"""A device of the window went out of work or came back: recorded once each time, for the floor manager to see."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.ports.store import Store
from app.usecases.acting import actor_at, require


def report_device(store: Store, by: Clerk, device: str, reason: str) -> None:
    """Record the device's state; ``reason`` is a code of the message table, empty when it works again.

    Raises:
        ActRefused: no right.
        NotRegistered: the server has not named this counter yet.
    """
    require(by, Act.REPORT_DEVICE)
    with store.begin() as work:
        actor = actor_at(work, by)
        work.append(
            OperationDraft(
                kind="device.fault",
                entity="device",
                entity_id=f"{actor.window}/{device}",
                payload={"device": device, "state": "fault" if reason else "ok", "reason": reason},
                actor=actor,
            )
        )
