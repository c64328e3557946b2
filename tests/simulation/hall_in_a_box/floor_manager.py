"""The floor manager: lets windows prepare to work cut off, and ends what is stranded at one by looking at it."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.ticket import Ticket, TicketState
from app.ports.clock import new_id
from app.ports.store import Reading
from app.ports.store_fault import StoreFault
from app.usecases.call_next import called_anew
from hall_in_a_box import wire
from hall_in_a_box.block_keys import BlockKeys
from hall_in_a_box.central import CentralMachine
from hall_in_a_box.disk import Disk
from hall_in_a_box.ground import BUSINESS, HALL, MANAGER, WINDOWS, token
from hall_in_a_box.habits import Habits
from hall_in_a_box.network import Network
from hall_in_a_box.post import Post
from hall_in_a_box.seen import Seen
from hall_in_a_box.ticket_watch import TicketWatch
from hall_in_a_box.timeline import IDLE, SECOND, PartyClock, Timeline
from sync.protocol.block_messages import ReserveBlock
from sync.protocol.card_messages import CardAnswer
from sync.protocol.floor_messages import FenceWindow
from sync.protocol.interface import Refused, Unreachable

UNHEARD_MS = 60 * SECOND
"""So long a window is not heard before the manager goes there (docs/queue.md)."""
PARKED_CARDS = "SELECT card_id FROM card WHERE closed_ms IS NULL AND rule = 'parked' ORDER BY raised_ms, card_id"
SAYS = {
    "prepare_window": Seen.BLOCK_PREPARED,
    "fence_window": Seen.BLOCK_FENCED,
    "handle_card": Seen.CARD_CLOSED,
}
AT_ONCE = 5
"""Cards closed at one look."""
TRIES = 6
"""So often an order without an answer is given again, under its key."""


class FloorManager:
    """The watch hears of every fence before it is given, and of numbers whose fence got no answer.

    Such an order may still arrive, when things have changed at the window.
    """

    def __init__(
        self,
        timeline: Timeline,
        *,
        network: Network,
        central: CentralMachine,
        posts: Mapping[str, Post],
        habits: Habits,
        watch: TicketWatch,
    ) -> None:
        self._timeline = timeline
        self._network = network
        self._central = central
        self._posts = posts
        self._habits = habits
        self._watch = watch
        self._clock = PartyClock(timeline, 0)
        self.asleep = False

    def look_round(self) -> bool:
        """Look at the screen, and do what it asks for; then again in a while."""
        if self.asleep:
            return IDLE
        self._timeline.after(self._timeline.between(15 * SECOND, 45 * SECOND), self.look_round)
        stranded = [each for each in WINDOWS if self._is_stranded(each)]
        if stranded:
            self._go_to(stranded[0])
        elif hanging := self._central.disk.rows(PARKED_CARDS):
            for (card,) in hanging[:AT_ONCE]:
                self._close(card)
        elif self._timeline.happens(self._habits.prepare):
            window = self._timeline.chance.choice(list(WINDOWS))
            self._order("prepare_window", window, ReserveBlock(count=self._timeline.chance.randint(1, 5)))
        else:
            return IDLE
        return True

    def _close(self, card: str) -> None:
        """Look into what waits there, and say so: the card comes down."""
        self._order("handle_card", card, CardAnswer(words="已到窗口核对"))

    def _is_stranded(self, window: str) -> bool:
        unheard = self._network.unheard_ms(window)
        return unheard > UNHEARD_MS and bool(_reserved(self._central.disk, window))

    def _go_to(self, window: str) -> None:
        """See what the window called, have the clerk give back the rest, and say so at once from there."""
        reserved = _reserved(self._central.disk, window)
        [(epoch,)] = self._central.disk.rows('SELECT epoch FROM window_block WHERE "window" = ?', window)
        called = self.look(self._posts[window], reserved)
        if called is None:
            return
        self._watch.gave_back(window, [each.number for each in reserved if each.number not in called])
        if not self._order("fence_window", window, FenceWindow(called=called, epoch=epoch)):
            self._watch.doubted.update([each.number for each in reserved])

    def look(self, post: Post, reserved: Sequence[Ticket]) -> list[str] | None:
        """Return which of the numbers the window called, once its clerk gave back the rest; None where it is dark."""
        seen: list[str] | None = None

        def at_the_window() -> None:
            nonlocal seen
            with post.store.read() as view:
                called = [each.number for each in reserved if _is_called(view, each)]
            BlockKeys(post).give_back(own=False)
            seen = called

        if post.machine.running is None or not post.machine.registered:
            return None
        try:
            post.machine.living(at_the_window)()
        except StoreFault:
            return None
        return seen

    def _order(self, verb: str, thing: str, wanted: ReserveBlock | FenceWindow | CardAnswer) -> bool:
        """Give an order until it is answered; say whether it was."""
        key = new_id(self._clock)
        request = wire.request(token(MANAGER), verb, HALL, thing, wanted, key)
        for _ in range(TRIES):
            try:
                wire.read_answer(verb, self._network.ask(MANAGER, request))
            except Unreachable:
                continue
            except Refused as refused:
                self._timeline.note(MANAGER, f"{verb} {thing}: {refused.code}")
                return refused.status < 500
            self._timeline.note(MANAGER, f"{verb} {thing} {wanted}")
            self._timeline.seen[SAYS[verb]] += 1
            return True
        return False


def _reserved(server: Disk, window: str) -> list[Ticket]:
    """Return what the server holds for the window, as the alarm shows it."""
    kept = "FROM ticket WHERE state = 'reserved' AND \"window\" = ? ORDER BY epoch"
    query = f"SELECT ticket_id, number, rev, issued_ms, epoch {kept}"
    rows: list[tuple[Any, ...]] = server.rows(query, window)
    return [
        Ticket(
            ticket_id=ticket_id,
            hall=HALL,
            number=number,
            business=BUSINESS,
            state=TicketState.RESERVED,
            rev=rev,
            issued_ms=issued_ms,
            window=window,
            epoch=epoch,
        )
        for ticket_id, number, rev, issued_ms, epoch in rows
    ]


def _is_called(view: Reading, ticket: Ticket) -> bool:
    """Say whether the window has this citizen, or had them since the number was kept for it."""
    earlier = view.visit_of(ticket.ticket_id, ticket.number)
    return earlier is not None and not called_anew(earlier, ticket)
