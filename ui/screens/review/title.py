"""The title of the reviewer's window, for the task bar, screen readers and who looks from outside."""

from app.domain.link import Link
from ui.screens.review.state import ReviewState


def title(state: ReviewState) -> str:
    """Return for example ``审批台 · 办件 3 · 9901-… · 离线``."""
    parts = ["审批台"]
    if state.facts is not None:
        parts.append(f"办件 {len(state.facts.cases)}")
    if state.case is not None:
        parts.append(state.case.case_no)
    if state.facts is not None and state.link.link is Link.OFFLINE:
        parts.append("离线")
    return " · ".join(parts)
