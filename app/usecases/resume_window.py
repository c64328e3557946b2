"""The clerk is back: the sign comes down, and the minutes are in the ledger."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.pause import Pause
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import actor_at, require


def resume_window(store: Store, clock: Clock, by: Clerk) -> Pause | None:
    """End the pause that lasts; None where there is none.

    Raises:
        ActRefused: no right.
    """
    require(by, Act.PAUSE_WINDOW)
    with store.begin() as work:
        lasting = work.pause()
        if lasting is None:
            return None
        ended = replace(lasting, ended_ms=max(clock.now_ms(), lasting.started_ms))
        work.put_pause(ended)
        actor = actor_at(work, by)
        work.append(
            OperationDraft(
                kind="window.resumed",
                entity="window",
                entity_id=actor.window,
                payload={
                    "reason": lasting.reason.value,
                    "since_ms": lasting.started_ms,
                    "until_ms": lasting.until_ms,
                    "ended_ms": ended.ended_ms,
                },
                actor=actor,
            )
        )
        return ended
