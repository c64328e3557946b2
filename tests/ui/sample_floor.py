"""A hall as the drawing of the manager's window has it, and one with as many windows as the demo."""

from typing import Any

from sync.client.floor import FloorNews
from sync.protocol.floor_messages import (
    FloorAct,
    FloorAlarm,
    FloorCourse,
    FloorDue,
    FloorFigures,
    FloorPriority,
    FloorQueue,
    FloorRemedy,
    FloorState,
    FloorWindow,
)
from ui.screens.floor.state import FloorViewState

NOW = 1_794_983_580_000
"""2026-11-18 14:33 in China."""
MINUTE = 60_000
THEMES = ["综合受理"] * 4 + ["医保社保"] * 2 + ["税务", "城管食药", "不动产", "不动产", "公安出入境", "帮办代办"]
LINES = {"A": "综合受理", "C": "医保社保", "B": "不动产", "D": "税务", "E": "公安出入境"}
OF_LINE = {"A": [1, 3, 4, 12], "C": [5, 6], "B": [9, 10], "D": [7], "E": [11]}
STATUS: dict[int, dict[str, Any]] = {
    1: {"ticket": "A021", "seconds": 432},
    2: {"status": "closed"},
    3: {"ticket": "A023", "seconds": 252},
    4: {"ticket": "A022", "seconds": 580},
    5: {"ticket": "C014", "seconds": 185},
    6: {"ticket": "C011", "seconds": 1886, "too_long": True},
    7: {"ticket": "D008", "seconds": 164},
    8: {"status": "idle", "seconds": 190},
    9: {"ticket": "B009", "seconds": 890},
    10: {"status": "paused", "paused_until_ms": NOW + 2 * MINUTE, "pause_reason": "materials"},
    11: {"ticket": "E017", "seconds": 358},
    12: {"status": "idle", "seconds": 502},
}


def window(place: int, name: str, theme: str, **given: Any) -> FloorWindow:
    """Return one window; ``seconds`` is how long it does what it does."""
    seconds = given.pop("seconds", None)
    ticket = given.get("ticket")
    known: dict[str, Any] = {
        "status": "serving" if ticket else "idle",
        "businesses": [code for code, places in OF_LINE.items() if place in places],
        "may": list(LINES) if place == 12 else [code for code, places in OF_LINE.items() if place in places],
        "opened": given.get("status") != "closed",
        "closed": given.get("status") == "closed",
        "clerk": "张李王孙钱吴周郑冯陈褚韩"[place % 12] + "某",
        "ticket": None,
        "business": ticket[0] if ticket else None,
        "since_ms": None if seconds is None else NOW - seconds * 1000,
        "mean_ms": 12 * MINUTE if ticket else None,
        "too_long": False,
        "paused_until_ms": None,
        "pause_reason": None,
        "held": [],
    }
    return FloorWindow(window=name, theme=theme, **{**known, **given})


def alarm(key: str, kind: str, level: str, verb: str, **given: Any) -> FloorAlarm:
    """Return one alarm."""
    remedy = FloorRemedy(verb=verb, window=given.get("window"), businesses=given.pop("businesses", []))
    known: dict[str, Any] = {"minutes": 5, "business": None, "window": None, "ticket": None, "count": 0, "subject": ""}
    return FloorAlarm(key=key, kind=kind, level=level, remedy=given.pop("remedy", remedy), **{**known, **given})


ALARMS = [
    alarm(
        "wait:C",
        "wait",
        "red",
        "assign",
        minutes=38,
        business="C",
        ticket="C012",
        count=12,
        remedy=FloorRemedy(verb="assign", window="D02", businesses=["H", "C"]),
    ),
    alarm("serving:A06:C011", "serving", "red", "handle", minutes=31, window="A06", ticket="C011"),
    alarm("wait:B", "wait", "yellow", "handle", minutes=21, business="B", ticket="B010", count=5),
    alarm("help:h1", "help", "red", "answer", minutes=1, window="B03", subject="h1"),
    alarm("device:A03:printer:1", "device", "blue", "handle", minutes=4, window="A03", subject="printer_near_end"),
]


def hall(names: list[tuple[str, str]] | None = None, **given: Any) -> FloorState:
    """Return a hall; ``names`` are (window, theme), else the drawing's twelve."""
    pairs = names or [(f"A{place:02}", theme) for place, theme in enumerate(THEMES, start=1)]
    counts = {"A": (14, 18, None), "C": (12, 38, "red"), "B": (5, 21, "yellow"), "D": (1, 4, None), "E": (2, 9, None)}
    known: dict[str, Any] = {
        "hall": "9901",
        "head": 7,
        "server_time": NOW,
        "centre": "示范县政务服务中心",
        "closes": "17:00",
        "windows": [
            window(place, name, theme, **dict(STATUS.get((place - 1) % 12 + 1, {})))
            for place, (name, theme) in enumerate(pairs, start=1)
        ],
        "queues": [
            FloorQueue(
                code=code,
                name=LINES[code],
                waiting=waiting,
                oldest_issued_ms=NOW - minutes * MINUTE,
                first=f"{code}012",
                level=level,
                windows=[pairs[place - 1][0] for place in OF_LINE[code]],
            )
            for code, (waiting, minutes, level) in counts.items()
        ],
        "alarms": ALARMS,
        "figures": FloorFigures(
            waiting=34,
            issued=286,
            recent=6,
            done=214,
            accepted=180,
            noticed=19,
            mean_wait_ms=11 * MINUTE,
            mean_serve_ms=12 * MINUTE,
            red=2,
            yellow=5,
            due_today=3,
            rated=198,
            pleased=196,
        ),
        "course": FloorCourse(
            waiting=[10, 17, 26, 22, 12, 14, 20, 28, 34],
            longest=[8, 14, 10, 7, 12, 17, 22, 30, 38],
            issued=[18, 34, 40, 24, 16, 20, 30, 24, 9],
        ),
        "due": [
            FloorDue(case_no="99010301202611180001", item="食品经营许可", window="A03", state="accepted"),
            FloorDue(case_no="99010301202611180022", item="户口登记", window="B05", state="reviewing"),
        ],
        "acts": [
            FloorAct(
                act_id=f"act-{n}",
                at_ms=NOW - n * 40 * MINUTE,
                clerk="0901",
                act=act,
                detail=detail,
            )
            for n, (act, detail) in enumerate(
                [
                    ("assign_window", {"window": "A05", "businesses": ["C", "B"]}),
                    ("tell_window", {"window": "A10", "text": "到时间了，请安排轮换"}),
                    ("handle_alarm", {"key": "wait:B", "words": "B 类 等候：知道了"}),
                ]
            )
        ],
        "priorities": [
            FloorPriority(code=code, name=name)
            for code, name in (
                ("elderly", "老年人"),
                ("disabled", "残疾人"),
                ("military", "军人军属"),
                ("pregnant", "孕产妇"),
            )
        ],
        "contacts": [],
        "cards": [],
        "notice": None,
    }
    return FloorState(**{**known, **given})


def big_hall() -> FloorState:
    """Return a hall of 24 windows and eight lines, as the demo has."""
    groups = {"A": (7, "市场准入"), "B": (9, "社会事务"), "E": (3, "工程建设"), "C": (1, "出件邮寄"), "D": (4, "兜底")}
    names = [(f"{letter}{n:02}", theme) for letter, (many, theme) in groups.items() for n in range(1, many + 1)]
    queues = hall().queues
    more = [
        FloorQueue(code=code, name=name, waiting=0, oldest_issued_ms=None, first=None, level=None, windows=["D01"])
        for code, name in (("F", "交通运输"), ("G", "统一出件"), ("H", "帮办代办和“办不成事”反映"))
    ]
    return hall(names, queues=[*queues, *more])


def state_of(floor: FloorState | None, **given: Any) -> FloorViewState:
    """Return what the presenter knows when the server just sent this."""
    news = FloorNews(floor, offline=floor is None)
    return FloorViewState(NOW, **{"manager": "赵某", "news": news, "heard_ms": NOW, **given})
