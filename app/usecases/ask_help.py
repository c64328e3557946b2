"""Ctrl+H: the clerk asks the floor manager to come to the window (design/README.md 11)."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require


def ask_help(store: Store, clock: Clock, by: Clerk) -> str:
    """Call the floor manager; return the id of the call. One at a time: a call lasts until it is answered.

    Raises:
        ActRefused: no right, the day was never opened, or the manager was called already.
    """
    require(by, Act.ASK_HELP)
    with store.begin() as work:
        if work.business_date() is None:
            raise ActRefused(ActRefusal.DAY_NOT_OPEN)
        if work.help_asked() is not None:
            raise ActRefused(ActRefusal.HELP_ASKED_ALREADY)
        help_id = new_id(clock)
        actor = actor_at(work, by)
        work.put_help(help_id)
        work.append(
            OperationDraft(
                kind="help.asked",
                entity="help",
                entity_id=help_id,
                payload={"window": actor.window, "asked_ms": clock.now_ms()},
                actor=actor,
            )
        )
        return help_id
