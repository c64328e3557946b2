"""电子监察: which limit or act raises a card, for whom, and what becomes of it (domain rule I44, domain.md section 5).

The rules are configuration: the published catalogue's ``cards`` section; what it leaves out keeps the default here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.calendar import WorkCalendar
from app.domain.deadline import DEFAULT_LIGHTS, LightLimits, Suspension, remaining_workdays


class CardLevel(StrEnum):
    """提示, 黄牌, 红牌."""

    HINT = "hint"
    YELLOW = "yellow"
    RED = "red"


class CardRule(StrEnum):
    """What raises a card."""

    HALF_TIME = "half_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWER_SOON = "answer_soon"
    ANSWER_OVERDUE = "answer_overdue"
    STEP_OVERRUN = "step_overrun"
    CONTACT = "contact"
    SECOND_SUPPLEMENT = "second_supplement"
    REFUSAL = "refusal"
    UPWARD = "upward"
    UPWARD_MANAGER = "upward_manager"
    CALENDAR = "calendar"
    PARKED = "parked"
    RATING_CONTACT = "rating_contact"
    RATING_FEEDBACK = "rating_feedback"
    COMPLAINT = "complaint"
    VOICE_LATE = "voice_late"
    DAY_GAP = "day_gap"
    CLOCK_WRONG = "clock_wrong"


class Recipient(StrEnum):
    """Who is told: the clerk whose case it is, and roles of the hall."""

    CLERK = "clerk"
    FLOOR_MANAGER = "floor_manager"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class ClosedAs(StrEnum):
    """How a card ended: somebody handled it, somebody withdrew it, or its cause went away by itself."""

    HANDLED = "handled"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class LimitKind(StrEnum):
    """Which limit of a case a card is about."""

    ANSWER = "answer"
    PROMISED = "promised"
    STATUTORY = "statutory"
    STEP = "step"


PASS_SECONDS = 20
_ALL = (Recipient.CLERK, Recipient.FLOOR_MANAGER, Recipient.SUPERVISOR)
_OVERSEERS = (Recipient.FLOOR_MANAGER, Recipient.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the card's level and who is told.

    ``amount`` is per cent of the time used (half_time), working days before the due day (due_soon, answer_soon),
    minutes (contact), working days from one contact with a higher authority to the next (upward), working days from a
    bad rating or a complaint to its call or answer (rating_contact, rating_feedback, complaint), else nothing.
    """

    level: CardLevel
    told: tuple[Recipient, ...] = _ALL
    amount: int = 0
    on: bool = True


DEFAULTS: Mapping[CardRule, Rule] = MappingProxyType(
    {
        CardRule.HALF_TIME: Rule(CardLevel.HINT, (Recipient.CLERK,), 50),
        CardRule.DUE_SOON: Rule(CardLevel.YELLOW, amount=1),
        CardRule.OVERDUE: Rule(CardLevel.RED),
        CardRule.ANSWER_SOON: Rule(CardLevel.YELLOW, amount=1),
        CardRule.ANSWER_OVERDUE: Rule(CardLevel.RED),
        CardRule.STEP_OVERRUN: Rule(CardLevel.YELLOW),
        CardRule.CONTACT: Rule(CardLevel.YELLOW, amount=10),
        CardRule.SECOND_SUPPLEMENT: Rule(CardLevel.RED),
        CardRule.REFUSAL: Rule(CardLevel.RED),
        CardRule.UPWARD: Rule(CardLevel.YELLOW, (Recipient.CLERK,), 5),
        CardRule.UPWARD_MANAGER: Rule(CardLevel.RED, (Recipient.FLOOR_MANAGER, Recipient.SUPERVISOR)),
        CardRule.CALENDAR: Rule(CardLevel.HINT, (Recipient.FLOOR_MANAGER, Recipient.ADMINISTRATOR)),
        CardRule.PARKED: Rule(CardLevel.YELLOW, (Recipient.CLERK, Recipient.FLOOR_MANAGER)),
        CardRule.RATING_CONTACT: Rule(CardLevel.YELLOW, _OVERSEERS, 1),
        CardRule.RATING_FEEDBACK: Rule(CardLevel.HINT, _OVERSEERS, 5),
        CardRule.COMPLAINT: Rule(CardLevel.YELLOW, _OVERSEERS, 5),
        CardRule.VOICE_LATE: Rule(CardLevel.RED, _OVERSEERS),
        CardRule.DAY_GAP: Rule(CardLevel.RED, (Recipient.FLOOR_MANAGER, Recipient.SUPERVISOR, Recipient.ADMINISTRATOR)),
        CardRule.CLOCK_WRONG: Rule(CardLevel.YELLOW, (Recipient.FLOOR_MANAGER, Recipient.ADMINISTRATOR)),
    }
)
VOICES = frozenset({CardRule.RATING_CONTACT, CardRule.RATING_FEEDBACK, CardRule.COMPLAINT})
"""What citizens said of the hall (domain rules L08, I40): no clerk is told whom it is about or who said it."""
STAYING = frozenset(
    {
        CardRule.OVERDUE,
        CardRule.SECOND_SUPPLEMENT,
        CardRule.REFUSAL,
        CardRule.CALENDAR,
        CardRule.PARKED,
        CardRule.VOICE_LATE,
        CardRule.DAY_GAP,
        CardRule.CLOCK_WRONG,
        *VOICES,
    }
)
"""What happened stays until a person has seen to it, though the case goes on; other cards end with their cause."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules; ``lights`` are the colours of the due clock, ``pass_seconds`` how often the server looks."""

    rules: Mapping[CardRule, Rule] = field(default_factory=lambda: DEFAULTS)
    lights: LightLimits = DEFAULT_LIGHTS
    pass_seconds: int = PASS_SECONDS

    def of(self, rule: CardRule) -> Rule | None:
        """Return the rule while it is switched on."""
        found = self.rules[rule]
        return found if found.on else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A card that should hang: ``cause`` names it so that the same cause never raises two.

    ``subject`` is the printed number of the case or contact, or a year; ``case_id`` finds whose case it is.
    """

    cause: str
    rule: CardRule
    subject: str
    window: str = ""
    due: str | None = None
    case_id: str | None = None
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it hangs; ``told`` are its recipients, ``clerk`` the one whose case it is, ``*_ms`` UTC milliseconds.

    ``words`` are how it was handled, or why it was withdrawn; ``closed_as`` is None while it hangs.
    """

    card_id: str
    hall: str
    cause: str
    rule: CardRule
    level: CardLevel
    subject: str
    window: str
    clerk: str
    told: tuple[Recipient, ...]
    due: str | None
    raised_ms: int
    acknowledged_ms: int | None = None
    acknowledged_by: str | None = None
    closed_ms: int | None = None
    closed_by: str | None = None
    closed_as: ClosedAs | None = None
    words: str = ""
    rev: int = 1


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """One limit of a case that runs: from ``start`` to ``due``, but for ``pauses``."""

    case_id: str
    case_no: str
    window: str
    kind: LimitKind
    start: date
    due: date
    pauses: Sequence[Suspension] = ()


def rules_of_cards(document: Mapping[str, Any]) -> Rules:
    """Read the rules from a catalogue document that passed the publish gate; what it leaves out keeps its default."""
    section = document.get("cards", {})
    rules = {rule: _rule(section.get(rule.value, {}), known) for rule, known in DEFAULTS.items()}
    lights = LightLimits(
        half_percent=rules[CardRule.HALF_TIME].amount,
        low_percent=section.get("low_percent", DEFAULT_LIGHTS.low_percent),
        yellow_days=rules[CardRule.DUE_SOON].amount,
    )
    return Rules(rules, lights, section.get("pass_seconds", PASS_SECONDS))


def cards_of_limits(
    limits: Sequence[RunningLimit], today: date, calendar: WorkCalendar, rules: Rules
) -> Iterator[Wanted]:
    """Yield what hangs over running limits today: of each the severest, and a hint only over a case's first limit."""
    hinted: set[str] = set()
    for each in limits:
        rule = _rule_over(each, today, calendar, rules)
        if rule is None or (rule is CardRule.HALF_TIME and each.case_id in hinted):
            continue
        hinted.add(each.case_id)
        due = each.due.isoformat()
        yield Wanted(
            cause=f"{rule.value}:{each.kind.value}:{each.case_id}:{due}",
            rule=rule,
            subject=each.case_no,
            window=each.window,
            due=due,
            case_id=each.case_id,
        )


def _rule_over(limit: RunningLimit, today: date, calendar: WorkCalendar, rules: Rules) -> CardRule | None:
    if limit.kind is LimitKind.STEP:
        return CardRule.STEP_OVERRUN if rules.of(CardRule.STEP_OVERRUN) and today > limit.due else None
    answer = limit.kind is LimitKind.ANSWER
    late = CardRule.ANSWER_OVERDUE if answer else CardRule.OVERDUE
    soon = CardRule.ANSWER_SOON if answer else CardRule.DUE_SOON
    if today > limit.due:
        return late if rules.of(late) else None
    left = remaining_workdays(today, limit.due, calendar, limit.pauses)
    near, half = rules.of(soon), rules.of(CardRule.HALF_TIME)
    if near is not None and left <= near.amount:
        return soon
    if answer or half is None or today <= limit.start:
        return None
    whole = remaining_workdays(limit.start, limit.due, calendar, limit.pauses)
    return CardRule.HALF_TIME if (whole - left) * 100 >= whole * half.amount else None


def _rule(said: Mapping[str, Any], known: Rule) -> Rule:
    return Rule(
        level=CardLevel(said.get("level", known.level)),
        told=tuple(Recipient(each) for each in said.get("told", known.told)),
        amount=said.get("amount", known.amount),
        on=said.get("on", known.on),
    )
