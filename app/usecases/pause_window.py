"""告示牌: the window pauses with a reason and a time; the citizen at the desk and their journal stay as they are."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.pause import MAX_TEXT, MOST_MINUTES, Pause, PauseReason
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require


def pause_window(store: Store, clock: Clock, by: Clerk, *, reason: PauseReason, minutes: int, text: str = "") -> Pause:
    """Hang out the sign; a window that pauses already keeps the sign it has.

    Raises:
        ActRefused: no right, or minutes nobody would wait.
    """
    require(by, Act.PAUSE_WINDOW)
    if not 1 <= minutes <= MOST_MINUTES:
        raise ActRefused(ActRefusal.PAUSE_TOO_LONG)
    with store.begin() as work:
        lasting = work.pause()
        if lasting is not None:
            return lasting
        pause = Pause(clock.now_ms(), reason, minutes, text[:MAX_TEXT])
        work.put_pause(pause)
        actor = actor_at(work, by)
        work.append(
            OperationDraft(
                kind="window.paused",
                entity="window",
                entity_id=actor.window,
                payload={
                    "reason": reason.value,
                    "minutes": minutes,
                    "since_ms": pause.started_ms,
                    "until_ms": pause.until_ms,
                    "text": pause.text,
                },
                actor=actor,
            )
        )
        return pause
