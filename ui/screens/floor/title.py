"""The title of the manager's window: the day's figures, for the task bar, screen readers and who looks from outside."""

from ui.screens.floor.build.figures import day_words
from ui.screens.floor.state import FloorViewState


def title(state: FloorViewState) -> str:
    """Return for example ``值班台 · 等候 12 · 办完 5 · 受理 3 · 告知 1 · 不受理 1 · 离线``."""
    floor = state.news.state
    figures = (f"等候 {floor.figures.waiting}", day_words(floor)) if floor is not None else ()
    return " · ".join(("值班台", *figures, *(("离线",) if floor is not None and state.news.offline else ())))
