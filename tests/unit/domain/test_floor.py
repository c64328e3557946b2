"""What the floor manager has to see to, and in which order."""

import pytest

from app.domain.floor import (
    Alarm,
    AlarmKind,
    FaultFacts,
    FloorFacts,
    HelpFacts,
    Level,
    QueueFacts,
    Remedy,
    Thresholds,
    Verb,
    WindowFacts,
    WindowStatus,
    cut_off_since,
    serves_too_long,
    wait_level,
)
from app.domain.floor_alarms import alarms
from app.domain.floor_figures import STEP_MS, TicketTimes, course, mean, services_ms, waits_ms

NOW = 1_000 * 60_000
LIMITS = Thresholds()


def ago(minutes: int) -> int:
    return NOW - minutes * 60_000


def idle(window: str, *businesses: str, may: str = "") -> WindowFacts:
    return WindowFacts(window, WindowStatus.IDLE, businesses, frozenset(may) | frozenset(businesses))


def closed(window: str, *businesses: str, opened: bool = True) -> WindowFacts:
    return WindowFacts(window, WindowStatus.CLOSED, businesses, frozenset(businesses), opened=opened)


def serving(window: str, minutes: int, mean: int | None = None) -> WindowFacts:
    mean_ms = None if mean is None else mean * 60_000
    return WindowFacts(window, WindowStatus.SERVING, ("A",), ticket="A007", since_ms=ago(minutes), mean_ms=mean_ms)


@pytest.mark.parametrize(
    ("minutes", "level"), [(0, None), (14, None), (15, Level.YELLOW), (29, Level.YELLOW), (30, Level.RED)]
)
def test_a_wait_turns_yellow_and_red_where_the_configuration_says(minutes: int, level: Level | None) -> None:
    assert wait_level(minutes, LIMITS) is level
    assert wait_level(minutes, Thresholds(wait_yellow=1000, wait_red=2000)) is None


def test_a_case_is_too_long_against_its_mean_or_the_configured_minutes() -> None:
    assert not serves_too_long(serving("A01", 20, mean=10), NOW, LIMITS)
    assert serves_too_long(serving("A01", 21, mean=10), NOW, LIMITS)
    assert not serves_too_long(serving("A01", 21), NOW, LIMITS)
    assert serves_too_long(serving("A01", 31), NOW, LIMITS)


def test_a_long_line_is_shortened_by_a_closed_window_first_then_by_an_idle_one_that_may() -> None:
    queue = QueueFacts("C", 12, ago(38), "C012")

    def remedy(*windows: WindowFacts) -> Remedy:
        (only,) = alarms(FloorFacts(NOW, windows, (queue,)), LIMITS)
        return only.remedy

    helper = idle("D02", "H", may="CA")
    assert remedy(helper, closed("B05", "C")) == Remedy(Verb.OPEN, "B05")
    assert remedy(helper, closed("B05", "C", opened=False)) == Remedy(Verb.ASSIGN, "D02", ("H", "C"))
    assert remedy(idle("A01", "A"), closed("A02", "A")) == Remedy(Verb.HANDLE)
    assert remedy(idle("B05", "C")) == Remedy(Verb.HANDLE), "it calls that line already"


def test_the_costliest_for_citizens_comes_first() -> None:
    found = alarms(
        FloorFacts(
            NOW,
            windows=(
                serving("A01", 45),
                WindowFacts("A02", WindowStatus.PAUSED, ("A",), paused_until_ms=ago(5)),
                WindowFacts("A03", WindowStatus.PAUSED, ("A",), paused_until_ms=NOW + 60_000),
            ),
            queues=(QueueFacts("B", 2, ago(40)), QueueFacts("C", 12, ago(38)), QueueFacts("D", 1, ago(16))),
            helps=(HelpFacts("h1", "B01", ago(1)),),
            faults=(FaultFacts("A03", "printer", "paper_out", ago(3)),),
        ),
        LIMITS,
    )
    assert [each.key for each in found] == [
        "help:h1",
        "wait:C",
        "wait:B",
        "serving:A01:A007",
        "wait:D",
        f"pause:A02:{ago(5)}",
        f"device:A03:printer:{ago(3)}",
    ]
    assert [each.level for each in found] == [*[Level.RED] * 4, *[Level.YELLOW] * 2, Level.BLUE]
    assert found[0].kind is AlarmKind.HELP
    assert found[0].remedy == Remedy(Verb.ANSWER, "B01")


def test_numbers_that_lie_at_a_cut_off_window_are_an_alarm_until_the_block_is_empty() -> None:
    def found(minutes: int, *numbers: str) -> tuple[Alarm, ...]:
        since_ms = ago(minutes)
        window = WindowFacts("A03", WindowStatus.IDLE, ("A",), reserved=numbers, cut_off_since_ms=since_ms)
        return alarms(FloorFacts(NOW, (window,)), LIMITS)

    (only,) = found(2, "A012", "A013")
    assert only.key == f"stranded:A03:{ago(2)}"
    assert (only.kind, only.level, only.minutes, only.count) == (AlarmKind.STRANDED, Level.YELLOW, 2, 2)
    assert (only.ticket, only.note, only.remedy) == ("A012", "A012 A013", Remedy(Verb.FENCE, "A03"))
    assert [each.level for each in (*found(9, "A012"), *found(10, "A012"))] == [Level.YELLOW, Level.RED]
    assert found(60) == (), "nobody waits for it alone"
    heard = WindowFacts("A03", WindowStatus.IDLE, ("A",), reserved=("A012",))
    assert alarms(FloorFacts(NOW, (heard,)), LIMITS) == ()


def test_a_window_is_cut_off_a_minute_after_its_last_word() -> None:
    assert cut_off_since(NOW - 60_000, NOW) is None
    assert cut_off_since(NOW - 60_001, NOW) == NOW - 60_001
    assert cut_off_since(None, NOW) is None, "it never said a word"


def test_what_was_handled_rests_and_comes_back_while_its_cause_stands() -> None:
    queues = (QueueFacts("C", 12, ago(38)),)
    assert alarms(FloorFacts(NOW, queues=queues, handled={"wait:C": ago(29)}), LIMITS) == ()
    assert alarms(FloorFacts(NOW, queues=queues, handled={"wait:C": ago(31)}), LIMITS) != ()
    assert alarms(FloorFacts(NOW, queues=(QueueFacts("C"),)), LIMITS) == (), "the cause is gone"


def test_the_day_is_told_from_issue_call_and_close() -> None:
    minute = 60_000
    tickets = [
        TicketTimes(NOW - 100 * minute, NOW - 90 * minute, NOW - 80 * minute),
        TicketTimes(NOW - 50 * minute, NOW - 20 * minute),
        TicketTimes(NOW - 10 * minute),
        TicketTimes(NOW - 40 * minute, gone=True),
    ]
    assert mean(waits_ms(tickets)) == 20 * minute
    assert mean(services_ms(tickets)) == 10 * minute
    assert mean([]) is None
    seen = course(tickets, NOW)
    assert seen.waiting[-3:] == (0, 1, 1)
    assert seen.longest[-3:] == (0, 20, 10)
    assert seen.issued[-4:] == (1, 0, 2, 1)
    assert sum(seen.issued) == len([each for each in tickets if each.issued_ms > NOW - 9 * STEP_MS])
