"""The figures on top."""

from sync.protocol.floor_messages import FloorState
from ui.screens.floor.view_model import KpiView
from ui.widgets.views import Tone

_MINUTE_MS = 60_000
_TONES = {"red": Tone.ERR, "yellow": Tone.WARN}


def kpis(floor: FloorState, now_ms: int) -> tuple[KpiView, ...]:
    """Return the five tiles: who waits, how long, how many today, whose limit runs out, and what people say."""
    figures, course = floor.figures, floor.course
    waits = [each for each in floor.queues if each.oldest_issued_ms is not None]
    longest = min(waits, key=lambda each: each.oldest_issued_ms or 0, default=None)
    minutes = (now_ms - (longest.oldest_issued_ms or now_ms)) // _MINUTE_MS if longest else 0
    return (
        KpiView(
            "waiting",
            "正在等候",
            str(figures.waiting),
            "人",
            f"取号 5 分钟内 +{figures.recent}",
            bars=tuple(course.waiting),
        ),
        KpiView(
            "longest",
            "最长等候",
            str(max(0, minutes)),
            "分",
            f"{longest.code} 类 {longest.name} · {longest.first}" if longest else "没有人在等",
            tone=_TONES.get(longest.level or "", Tone.PLAIN) if longest else Tone.PLAIN,
            bars=tuple(course.longest),
        ),
        KpiView(
            "issued",
            "今日取号",
            str(figures.issued),
            "个",
            day_words(floor),
            bars=tuple(course.issued),
        ),
        KpiView(
            "cards",
            "红牌 / 黄牌",
            f"{figures.red} / {figures.yellow}",
            "件",
            f"今天到期 {figures.due_today} 件",
            tone=Tone.ERR if figures.red else Tone.WARN if figures.yellow else Tone.PLAIN,
        ),
        KpiView(
            "rating",
            "好评率",
            f"{100 * figures.pleased / figures.rated:.1f}" if figures.rated else "—",
            "%",
            f"评价 {figures.rated} · 平均办理 {minutes_words(figures.mean_serve_ms)} 分",
            tone=Tone.OK if figures.rated else Tone.PLAIN,
        ),
    )


def day_words(floor: FloorState) -> str:
    """Return how the visits of the day ended."""
    figures = floor.figures
    return f"办完 {figures.done} · 受理 {figures.accepted} · 告知 {figures.noticed} · 不受理 {figures.refused}"


def minutes_words(milliseconds: int | None) -> str:
    """Return whole minutes; a dash while nothing is known."""
    return "—" if milliseconds is None else str(round(milliseconds / _MINUTE_MS))
