"""The lines of the page: what 07 shows in figures, then the ledgers; each with the rows it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass

from sync.protocol.floor_messages import FloorInstants, FloorState, FloorWindow
from sync.protocol.ledger_messages import LedgerFigure, Ledgers
from ui.screens.floor.build.figures import minutes_words
from ui.screens.floor.build.handled import handled
from ui.screens.floor.ledger_state import SPAN_WORDS, Drill, LedgerState, Span
from ui.screens.floor.state import FloorViewState

TICKETS = "tickets"
RATINGS = "ratings"
RED, YELLOW, DUE, CONTACTS = "red", "yellow", "due", "contacts"
"""Lists of the hall itself."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line: what is counted, the figure with its unit, what more is to be said; without ``drill`` only said."""

    name: str
    value: str
    words: str = ""
    drill: Drill | None = None
    heading: bool = False


def lines(state: FloorViewState) -> tuple[FigureLine, ...]:
    """Return every line of the page for the chosen days; the hall as it stands is today's alone."""
    floor, ledgers = state.news.state, state.ledgers
    found: list[FigureLine] = []
    if floor is not None and ledgers.span is Span.TODAY:
        found += [*_day(floor, state.now_ms), *_queues(floor, state.now_ms)]
    found.append(FigureLine(f"台账 · {SPAN_WORDS[ledgers.span]}", "", _about(ledgers), heading=True))
    if ledgers.figures is not None:
        found += _ledgers(ledgers.figures, own=floor is not None and ledgers.span is Span.TODAY)
    if floor is not None and ledgers.span is Span.TODAY and floor.acts:
        found.append(FigureLine("处理过", f"{len(floor.acts)} 条", heading=True))
        found += [FigureLine("", "", each.text) for each in handled(floor)]
    return tuple(found)


def drills(state: FloorViewState) -> tuple[Drill, ...]:
    """Return what the lines that can be chosen lead to, in their order."""
    return tuple(each.drill for each in lines(state) if each.drill is not None)


def _about(ledgers: LedgerState) -> str:
    if ledgers.figures is None:
        return "正在查" if ledgers.asked is not None else ""
    figures = ledgers.figures
    return figures.first if figures.first == figures.last else f"{figures.first} 至 {figures.last}"


def _day(floor: FloorState, now_ms: int) -> Iterator[FigureLine]:
    figures = floor.figures
    waits = [each.oldest_issued_ms for each in floor.queues if each.oldest_issued_ms is not None]
    longest = f"最长 {max(0, now_ms - min(waits)) // 60_000} 分" if waits else ""
    yield FigureLine("正在等候", f"{figures.waiting} 人", longest, Drill(TICKETS, "正在等候", "waiting"))
    yield FigureLine("今日取号", f"{figures.issued} 个", "", Drill(TICKETS, "今日取号"))
    yield FigureLine("5 分钟内取号", f"{figures.recent} 个", "", Drill(TICKETS, "5 分钟内取号", "recent"))
    yield FigureLine("办完", f"{figures.done} 个", "", Drill(TICKETS, "办完", "done"))
    ended, nothing = sum(each.ended for each in floor.windows), sum(each.nothing for each in floor.windows)
    shares = " · ".join(f"{each.window} {nothing_words(each)}" for each in floor.windows if each.ended)
    yield FigureLine("无结果", f"{nothing}/{ended} 次", shares)
    wait, serve = minutes_words(figures.mean_wait_ms), minutes_words(figures.mean_serve_ms)
    yield FigureLine("平均等候", f"{wait} 分", "叫过的号，取号到叫号", Drill(TICKETS, "平均等候", "was_called"))
    yield FigureLine("平均办理", f"{serve} 分", "办完的号，叫号到办完", Drill(TICKETS, "平均办理", "was_closed"))
    yield FigureLine("受理", f"{figures.accepted} 件", "", Drill("acceptance", "受理"))
    yield FigureLine("一次性告知", f"{figures.noticed} 份", "", Drill("supplement", "一次性告知"))
    yield FigureLine("二次补正", f"{figures.second_supplements} 件", "值班经理同意，原因在台账")
    yield FigureLine("不予受理", f"{figures.refused} 件", "", Drill("negative", "不予受理", "refused"))
    if floor.instants:
        came, done = sum(each.came for each in floor.instants), sum(each.done for each in floor.instants)
        yield FigureLine("即办件当日办结", f"{done}/{came} 件", " · ".join(map(_instants, floor.instants)))
    yield FigureLine("红牌", f"{figures.red} 件", "过了承诺期限", Drill("", "红牌", RED))
    yield FigureLine("黄牌", f"{figures.yellow} 件", "快到承诺期限", Drill("", "黄牌", YELLOW))
    yield FigureLine("今天到期", f"{figures.due_today} 件", "", Drill("", "今天到期", DUE))
    yield FigureLine("评价", f"{figures.rated} 条", "", Drill(RATINGS, "评价"))
    share = f"{100 * figures.pleased / figures.rated:.1f}%" if figures.rated else ""
    yield FigureLine("好评", f"{figures.pleased} 条", share, Drill(RATINGS, "好评", "pleased"))
    yield FigureLine("首问未接", f"{len(floor.contacts)} 件", "转出后没人接办", Drill("", "首问未接", CONTACTS))


def nothing_words(window: FloorWindow) -> str:
    """Return the share of a window's ended visits that came to nothing, ``1/4 25%`` (domain rule I18)."""
    return f"{window.nothing}/{window.ended} {100 * window.nothing // max(1, window.ended)}%"


def _instants(window: FloorInstants) -> str:
    """Return ``B01 50%，没办完 0003-1``: the window's rate of the day, and the cases that keep it from closing."""
    rate = f" {100 * window.done // window.came}%" if window.came else ""
    left = "、".join("-".join(each.split("-")[-2:]) for each in window.open)
    return f"{window.window}{rate}" + (f"，没办完 {left}" if left else "")


def _queues(floor: FloorState, now_ms: int) -> Iterator[FigureLine]:
    for each in floor.queues:
        oldest = each.oldest_issued_ms
        longest = f"最长 {max(0, now_ms - oldest) // 60_000} 分 · " if oldest is not None else ""
        windows = "、".join(each.windows) or "没有窗口在叫"
        drill = Drill(TICKETS, f"{each.code} {each.name} 在等", "waiting", each.code)
        yield FigureLine(f"{each.code} {each.name}", f"{each.waiting} 人", f"{longest}{windows}", drill)


def _ledgers(figures: Ledgers, *, own: bool) -> Iterator[FigureLine]:
    """Return a line a ledger; numbers and ratings of today stand above already (``own``)."""
    for each in figures.figures:
        if own and each.ledger in (TICKETS, RATINGS):
            continue
        kinds = [f"{kind.title} {kind.count}" for kind in each.kinds if kind.count]
        said = "，".join(kinds) if len(each.kinds) > 1 else ""
        yield FigureLine(each.title, figure_words(each), said, Drill(each.ledger, each.title))


def figure_words(figure: LedgerFigure) -> str:
    """Return the figure as it stands on the page: the rows, and what they measure together."""
    amount = f" · {figure.amount} {figure.unit}" if figure.amount is not None else ""
    return f"{figure.count} 行{amount}"
