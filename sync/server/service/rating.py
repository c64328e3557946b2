"""The one-time rating of a service: invited by the paper, given by a page, known to no clerk (design/README.md, 6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.case import Case
from app.domain.grievance import Grievance, GrievanceKind, Said, is_bad, within
from app.domain.rating import VALID_MS, Grade, clean_comment
from app.domain.supervision import DEFAULTS, CardRule
from sync.server.service.context import Context
from sync.server.service.desk import Desk
from sync.server.service.grievances import keep
from sync.server.service.held_case import calendar_of
from sync.server.service.tokens import token_hash
from sync.server.storage import feed, ratings
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.ratings import Invitation


class Rating(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    GIVEN = "given"
    CLOSED = "closed"


def invite_rating(desk: Desk, case: Case, clerk: str) -> None:
    """Keep the token on the citizen's paper, as a hash: it opens one rating within seven days of the act."""
    invite(desk, Service(case.case_id, case.department, case.rating_token, case.accepted_ms), clerk)


@dataclass(frozen=True, slots=True)
class Service:
    """What may be rated: a case, or a paper about none; when it was given, in UTC milliseconds, and by which token."""

    subject: str
    department: str
    rating_token: str
    given_ms: int


def invite(desk: Desk, service: Service, clerk: str) -> None:
    """Keep the token of a service as a hash, for seven days."""
    now_ms = desk.context.clock.now_ms()
    invitation = Invitation(
        hall=desk.hall,
        token_hash=token_hash(service.rating_token),
        case_id=service.subject,
        clerk=clerk,
        window=desk.window,
        department=service.department,
        expires_ms=min(max(service.given_ms, 0), now_ms) + VALID_MS,
    )
    desk.known.invite(desk.connection, invitation)


def rating_of(context: Context, token: str) -> Rating:
    """Return whether the token may still rate; one that never was is closed like one whose time is over."""
    hashed = token_hash(token)
    found = context.storage.read(lambda connection: ratings.by_token(connection, hashed))
    if found is None:
        return Rating.CLOSED
    if found.grade is not None:
        return Rating.GIVEN
    return Rating.OPEN if context.clock.now_ms() < found.expires_ms else Rating.CLOSED


def rate(context: Context, token: str, grade: Grade, comment: str, phone: str = "") -> Rating:
    """Record the grade once; GIVEN after it was taken, or what stands against it otherwise.

    A bad one with a ``phone`` is called back: its cards hang from now on (domain rule L08).
    """
    hashed, now_ms = token_hash(token), context.clock.now_ms()
    kept = clean_comment(comment)

    def work(connection: Transaction) -> tuple[bool, str | None]:
        found = ratings.by_token(connection, hashed)
        if found is None:
            return False, None
        sealed = context.cipher.seal(kept.encode(), f"rating/{found.hall}/{hashed}") if kept else None
        if not ratings.give(connection, hashed, int(grade), sealed, now_ms):
            return False, None
        if not phone or not is_bad(grade):
            return True, None
        said = Said(phone=phone, words=kept)
        feed.append(connection, found.hall, _call_back(context, connection, found, said))
        return True, found.hall

    given, moved = context.storage.write(work)
    if moved is not None:
        context.changed(moved)
    return Rating.GIVEN if given else rating_of(context, token)


def call_days(context: Context, token: str) -> tuple[int, int]:
    """Return in how many working days who rated badly and left a telephone is called, and told what was done."""

    def look(connection: Transaction) -> tuple[int, int]:
        found = ratings.by_token(connection, token_hash(token))
        rules = context.plan(connection, found.hall).floor.cards.rules if found is not None else DEFAULTS
        return rules[CardRule.RATING_CONTACT].amount, rules[CardRule.RATING_FEEDBACK].amount

    return context.storage.read(look)


def _call_back(context: Context, connection: Transaction, rated: Invitation, said: Said) -> list[Change]:
    rules, calendar = context.plan(connection, rated.hall).floor.cards, calendar_of(connection, rated.hall)
    today = date.fromisoformat(context.today())
    new = Grievance(
        number=f"CP{today:%Y%m%d}-{rated.token_hash[:8].upper()}",
        kind=GrievanceKind.BAD_RATING,
        window=rated.window,
        received_ms=context.clock.now_ms(),
        contact_due=within(CardRule.RATING_CONTACT, today, rules, calendar).date.isoformat(),
        reply_due=within(CardRule.RATING_FEEDBACK, today, rules, calendar).date.isoformat(),
        named=True,
    )
    return keep(context, connection, rated.hall, new, said)
