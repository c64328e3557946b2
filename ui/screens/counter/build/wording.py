"""Dates, spans and numbers as the screen words them."""

from datetime import date, datetime

from app.domain.business_day import CHINA

_WEEKDAYS = "一二三四五六日"
_MINUTE_MS = 60_000


def local_time(utc_ms: int) -> datetime:
    """Return the moment on the wall clock of the hall."""
    return datetime.fromtimestamp(utc_ms / 1000, CHINA)


def clock(utc_ms: int) -> str:
    """Return ``14:26``."""
    return local_time(utc_ms).strftime("%H:%M")


def moment(utc_ms: int) -> str:
    """Return ``11-18 14:26``."""
    return local_time(utc_ms).strftime("%m-%d %H:%M")


def day(value: date) -> str:
    """Return ``11月18日 周三``."""
    return f"{value.month}月{value.day}日 周{_WEEKDAYS[value.weekday()]}"


def span(milliseconds: int) -> str:
    """Return ``04:12``, minutes and seconds; from an hour on ``1:04:12``."""
    seconds = max(0, milliseconds) // 1000
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def minutes(milliseconds: int) -> int:
    """Return whole minutes."""
    return max(0, milliseconds) // _MINUTE_MS


def hours_and_minutes(milliseconds: int) -> str:
    """Return ``3 小时 04 分`` or ``28 分``."""
    hours, rest = divmod(minutes(milliseconds), 60)
    return f"{hours} 小时 {rest:02} 分" if hours else f"{rest} 分"


def limit(days: int | None, unit: str) -> str:
    """Return ``8 个工作日``, ``15 日`` or ``当场``; empty when the law sets no limit."""
    if unit == "NOW":
        return "当场"
    if days is None:
        return ""
    return f"{days} 个工作日" if unit == "WD" else f"{days} 日"


def today(utc_ms: int) -> tuple[tuple[str, str], ...]:
    """Return the line of the day as the dark side of a page shows it."""
    now = local_time(utc_ms)
    return (("今天", f"{day(now.date())}，{now:%H:%M}"),)
