"""The figures of calling a citizen: how often, how soon again, and how long a slip of a key can be undone.

Source: design.md section 9 (20 s, three calls) and section 11 (withdraw window), flows.md section 7.
"""

from app.domain.visit import Visit, VisitState

MAX_RECALLS = 3
"""F3 calls again at most so many times."""
CALLS_BEFORE_MISS = 3
"""From so many calls on, the first one included, F4 is the key to press."""
RECALL_AFTER_MS = 20_000
"""A citizen who does not come for so long is called again."""
UNDO_MS = 10_000
"""A call and a no-show can be taken back for so long."""


def calls(visit: Visit) -> int:
    """Return how often the citizen was called."""
    return 1 + visit.recalls


def may_recall(visit: Visit) -> bool:
    """Say whether F3 still calls."""
    return visit.recalls < MAX_RECALLS


def suggests_recall(visit: Visit, now_ms: int) -> bool:
    """Say whether it is time to call again."""
    waited = now_ms - (visit.recalled_ms or visit.called_ms)
    return visit.state is VisitState.CALLED and not suggests_miss(visit) and waited >= RECALL_AFTER_MS


def called_before(visit: Visit, since_ms: int) -> bool:
    """Say whether the last call was committed before that moment: a program that starts then may never have told it."""
    return visit.state is VisitState.CALLED and (visit.recalled_ms or visit.called_ms) < since_ms


def suggests_miss(visit: Visit) -> bool:
    """Say whether the citizen was called often enough to be passed over."""
    return visit.state is VisitState.CALLED and calls(visit) >= CALLS_BEFORE_MISS


def may_withdraw(visit: Visit, now_ms: int) -> bool:
    """Say whether the call was made only just now."""
    return 0 <= now_ms - visit.called_ms <= UNDO_MS
