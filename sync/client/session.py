"""What to say to the server next, and what its answer means: the whole dialogue, without a socket or a thread."""

import logging

import msgspec

from app.domain.link import Link, LinkStatus
from app.ports.clock import Clock
from app.ports.former import FormerChains
from app.ports.replica import Replica, UnreadableRow
from app.ports.store import Counter
from sync.client.backoff import Backoff
from sync.client.flapping import Flapping
from sync.client.offset import ClockOffset
from sync.client.outbox import Outbox, former_push
from sync.client.push_turn import PushTurn
from sync.client.requests import (
    CompareDigest,
    PullPage,
    PushFormer,
    PushOperations,
    Reconnect,
    Register,
    Request,
    TakeSnapshot,
    Wait,
)
from sync.client.watchdog import Watchdog
from sync.protocol.interface import Refused
from sync.protocol.messages import (
    MAX_OPERATIONS,
    MOST_NAMED,
    Digest,
    Named,
    Page,
    PushResult,
    RegisterCounter,
    Registration,
    Snapshot,
)

logger = logging.getLogger(__name__)

POLL_MS = 2_000
"""How often the feed is asked for while no hints arrive."""
HINTED_POLL_MS = 30_000
"""How often while they do: a hint may be lost."""
DIGEST_MS = 600_000
MOST_DISCARDED = 3
"""Pages in a row that did not fit before everything is taken anew."""

TRANSIENT = frozenset({"internal", "rate_limited", "overloaded"})
"""Refusals that say: not now."""
UNREADABLE = "unreadable"
"""The trouble of a feed that a newer server sends; what was done here is pushed all the same (sync.md section 1)."""
OF_THE_LOG = frozenset({"fork", "quarantined", "malformed", "too_large", "gap", "unknown_device"})
"""Refusals of a push that will not change by trying again; the feed goes on beside them. They are told until a push is
taken, whatever becomes of line and program: numbers this store gives out may have been given out already."""
NOT_OURS = "server_not_ours"

Answer = Registration | PushResult | Page | Snapshot | Digest | None


class Session:
    """One counter's side of the dialogue. Not for several threads: whoever runs it calls one method at a time.

    The loop is ``request = next()``; perform it; then exactly one of ``answered``, ``refused`` and ``unreachable``.
    """

    def __init__(self, replica: Replica, clock: Clock, public_key: str, former: FormerChains | None = None) -> None:
        self._replica = replica
        self._former = former
        self._clock = clock
        self._public_key = public_key
        self._backoff = Backoff(clock)
        self._watchdog = Watchdog(clock)
        self._flapping = Flapping(clock)
        self._feed_backoff = Backoff(clock)
        self._turn = PushTurn(clock)
        self._outbox = Outbox(replica)
        self._offset = ClockOffset(replica, clock)
        self._online = False
        self._trouble: str | None = None
        self._log_refused = replica.log_refused()
        self._push_stopped = False
        self._push_limit = MAX_OPERATIONS
        self._snapshot_due = replica.cursor() == 0
        self._pull_due_ms = 0
        self._digest_due_ms = clock.monotonic_ms() + DIGEST_MS
        self._discarded = 0
        self.hinted = False
        self.changes = 0
        """Grows whenever something the server sent was applied, so that a window knows when to look again."""

    def next(self) -> Request | Wait:
        """Return what to do now."""
        head, pending = self._replica.outbox()
        if self._watchdog.look(head, waiting=pending > 0, online=self._online):
            return Reconnect()
        if self._backoff.remaining_ms():
            return Wait(self._backoff.remaining_ms())
        counter = self._replica.counter()
        if counter is None:
            return Register(RegisterCounter(incarnation=self._replica.incarnation(), public_key=self._public_key))
        later_ms = self._turn.remaining_ms()
        pushes = not self._push_stopped and not later_ms
        former = former_push(self._former, self._push_limit) if pushes else None
        if former is not None:
            return PushFormer(former)
        if pending and pushes:
            self._offset.asked()
            return PushOperations(self._outbox.next_push(counter, self._push_limit))
        following = self._next_of_feed(counter.hall)
        return Wait(min(following.milliseconds, later_ms)) if later_ms and isinstance(following, Wait) else following

    def hint(self) -> None:
        """Something changed in the hall: ask for the feed at once."""
        self._pull_due_ms = 0

    def status(self) -> LinkStatus:
        """Return what the sync chip shows."""
        _, pending = self._replica.outbox()
        conflicts = self._replica.parked()
        if not self._online:
            link = Link.OFFLINE
        elif self.trouble or conflicts:
            link = Link.ATTENTION
        else:
            link = Link.SYNCING if pending or self._snapshot_due else Link.SYNCED
        since_ms, course = self._replica.offline_since(), self._flapping.course()
        return LinkStatus(link, pending, conflicts, since_ms, self.trouble or "", course, self._watchdog.minutes)

    @property
    def trouble(self) -> str | None:
        """The code of what a person has to look at, or None."""
        told = self._trouble or self._log_refused
        if told or not self._watchdog.stalled:
            return told or ("clock_wrong" if self._offset.wrong else None)
        return "outbox_stalled"

    def answered(self, request: Request, answer: Answer) -> None:
        """Take the server's answer to a request."""
        self._heard()
        if not self._push_stopped and not (self._trouble == UNREADABLE and isinstance(request, PushOperations)):
            self._trouble = None
        self._backoff.succeeded()
        try:
            self._take(request, answer)
        except UnreadableRow as error:
            logger.error("sync.unreadable entity=%s", error.entity)  # noqa: TRY400 - the entity says it all
            self._trouble = UNREADABLE
            self._feed_backoff.failed()
        else:
            if not isinstance(request, PushOperations | Reconnect):
                self._feed_backoff.succeeded()

    def _take(self, request: Request, answer: Answer) -> None:
        match request, answer:
            case Register(), Registration():
                self._registered(answer)
            case PushFormer(), PushResult():
                self._turn.answered(request.message, answer)
                self._former_pushed(request.message.incarnation, answer)
            case PushOperations(), PushResult():
                self._keep_log_refused(None)
                self._turn.answered(request.message, answer)
                self._pushed(answer)
            case PullPage(), Page():
                self._pulled(request, answer)
            case TakeSnapshot(), Snapshot():
                self._replaced(answer)
            case CompareDigest(), Digest():
                self._compared(answer)
            case Reconnect(), None:
                pass
            case _:
                raise TypeError("this is no answer to that request")

    def refused(self, request: Request, refusal: Refused) -> None:
        """Take the server's "no" to a request."""
        self._heard()
        logger.info("sync.refused request=%s code=%s", type(request).__name__, refusal.code)
        match refusal.code:
            case code if code in TRANSIENT:
                self._backoff.failed(refusal.retry_after_s)
            case "cursor_gone":
                self._snapshot_due = True
            case "gap" if isinstance(request, PushFormer) and self._former and refusal.expected_seq is not None:
                self._former.continues_at(request.message.incarnation, refusal.expected_seq)
            case "gap" if refusal.expected_seq is not None:
                self._resend(refusal.expected_seq)
            case "too_large" if isinstance(request, PushOperations | PushFormer) and self._push_limit > 1:
                self._push_limit //= 2
            case code if isinstance(request, PushFormer) and self._former is not None and code in OF_THE_LOG:
                self._former.adopt(request.message.incarnation)
            case code:
                self._trouble = code
                self._backoff.failed(refusal.retry_after_s)
                if isinstance(request, PushOperations) and code in OF_THE_LOG:
                    self._push_stopped = True
                    self._keep_log_refused(code)

    def unreachable(self, _request: Request, *, foreign: bool = False, retry_after_s: float | None = None) -> None:
        """No answer came: the same request will be made again, which the server notices by sequence and hash.

        ``foreign``: something answered that is not the server; waiting alone will not help. ``retry_after_s``: it said
        how long to wait, as a proxy does before a server that is not up.
        """
        if self._online:
            logger.warning("sync.lost")
            self._flapping.lost()
        self._online = False
        self._trouble = NOT_OURS if foreign else None
        self._replica.set_link(online=False)
        self._backoff.failed(retry_after_s)

    def _next_of_feed(self, hall: str) -> Request | Wait:
        now = self._clock.monotonic_ms()
        if self._feed_backoff.remaining_ms():
            return Wait(self._feed_backoff.remaining_ms())
        if self._snapshot_due:
            return TakeSnapshot(hall, self._named())
        if now >= self._pull_due_ms:
            return PullPage(hall, self._replica.cursor())
        if now >= self._digest_due_ms:
            return CompareDigest(hall)
        return Wait(min(self._pull_due_ms, self._digest_due_ms) - now)

    def _named(self) -> Named:
        cases, contacts = self._replica.followed(MOST_NAMED)
        return Named(case=list(cases), contact=list(contacts))

    def _heard(self) -> None:
        if not self._online:
            logger.info("sync.back")
            self._flapping.back()
            self._push_stopped = False
            self._trouble = None
            self._replica.set_link(online=True)
        self._online = True

    def _registered(self, given: Registration) -> None:
        incarnation = self._replica.incarnation()
        counter = Counter(given.device, incarnation, given.counter, given.centre, given.hall, given.window)
        self._replica.register(counter, given.server_incarnation)
        self._snapshot_due = True

    def _pushed(self, result: PushResult) -> None:
        self._offset.answered(result.server_time)
        if self._server_changed(result.server_incarnation):
            return
        parked = {
            each.seq: each.reason or each.status for each in result.results if each.status in {"conflict", "rejected"}
        }
        applied = [each.seq for each in result.results if each.status == "applied"]
        self._replica.acknowledge(result.acked_seq, parked, applied)
        self._outbox.taken()
        self._push_limit = MAX_OPERATIONS
        self.hint()

    def _former_pushed(self, incarnation: str, result: PushResult) -> None:
        if self._former is not None and not self._server_changed(result.server_incarnation):
            self._former.held(incarnation, result.acked_seq)

    def _pulled(self, request: PullPage, page: Page) -> None:
        if self._server_changed(page.server_incarnation):
            return
        now = self._clock.monotonic_ms()
        events = [msgspec.structs.asdict(each) for each in page.events]
        applied = self._replica.apply(request.cursor, events, page.next)
        self.changes += bool(applied and events)
        self._discarded = 0 if applied else self._discarded + 1
        self._snapshot_due = self._discarded >= MOST_DISCARDED
        caught_up = applied and page.next >= page.head
        self._pull_due_ms = now + (HINTED_POLL_MS if self.hinted else POLL_MS) if caught_up else now

    def _replaced(self, snapshot: Snapshot) -> None:
        if self._replica.server_incarnation() != snapshot.server_incarnation:
            self._rewind(snapshot.server_incarnation)
        self._replica.replace(snapshot.tables, snapshot.cursor)
        self.changes += 1
        self._discarded = 0
        self._snapshot_due = False
        self.hint()

    def _compared(self, digest: Digest) -> None:
        self._digest_due_ms = self._clock.monotonic_ms() + DIGEST_MS
        cursor, tables = self._replica.digest(digest.since, digest.kept_from)
        if cursor != digest.cursor:
            # Something happened in between; compare again after the next pull.
            self._digest_due_ms = self._clock.monotonic_ms() + POLL_MS
            return
        if {name: (each.count, each.hash) for name, each in digest.tables.items()} != tables:
            logger.error("sync.digest_differs cursor=%d", cursor)
            self._snapshot_due = True
        elif digest.kept_from:
            self._replica.prune(digest.since, digest.kept_from)

    def _server_changed(self, incarnation: str) -> bool:
        """A server restored from a backup begins a feed of its own, and may have forgotten operations."""
        if incarnation == self._replica.server_incarnation():
            return False
        self._rewind(incarnation)
        self._snapshot_due = True
        return True

    def _rewind(self, incarnation: str) -> None:
        """Offer the newest acknowledged operation again: the server has it, or names the one it waits for."""
        head, _ = self._replica.outbox()
        logger.warning("sync.server_incarnation_changed head=%d", head)
        self._replica.rewind(max(head - 1, 1), incarnation)

    def _resend(self, expected_seq: int) -> None:
        incarnation = self._replica.server_incarnation()
        assert incarnation is not None, "a counter that pushes is registered"
        self._replica.rewind(expected_seq, incarnation)
        head, _ = self._replica.outbox()
        if head != expected_seq:
            # What the server lost is no longer kept here: only a person can mend that.
            self._trouble, self._push_stopped = "gap", True
            self._keep_log_refused("gap")

    def _keep_log_refused(self, code: str | None) -> None:
        """Keep whether the server takes this chain; a disk that takes nothing is asked again with the next push."""
        self._log_refused = code
        if self._replica.log_refused() != code:
            self._replica.set_log_refused(code)
