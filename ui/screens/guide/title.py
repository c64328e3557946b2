"""The title of the guide desk's window, for the task bar, screen readers and who looks from outside."""

from ui.screens.guide.state import GuideViewState, Print

_WORDS = {Print.PRINTING: "待打印", Print.PRINTED: "已打印", Print.UNKNOWN: "待确认"}


def title(state: GuideViewState) -> str:
    """Return for example ``导办台 · 等候 12 · 过号 2 · A018 已打印 · 离线``."""
    seen, shown = state.news.state, state.shown
    parts = ["导办台"]
    if seen is not None:
        parts += [f"等候 {sum(each.waiting for each in seen.queues)}", f"过号 {len(seen.missed)}"]
    if shown is not None:
        parts.append(" ".join(filter(None, (shown.number, _WORDS.get(shown.print)))))
    if seen is not None and state.news.offline:
        parts.append("离线")
    return " · ".join(parts)
