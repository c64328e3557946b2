"""What a clerk does with the numbers kept for their window: asks for them, calls them cut off, gives them back."""

from app.domain.link import Course, Link
from app.domain.visit import Visit
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.usecases.ask_block import ask_block
from app.usecases.call_reserved import call_reserved
from app.usecases.release_block import release_block
from app.usecases.reserved import block_left
from hall_in_a_box.post import Post
from hall_in_a_box.seen import Seen

ASK_EVERY_MS = 30_000


class BlockKeys:
    """As ``ui/screens/counter/block.py``: what the program does by itself once a second, the clerk's turn does here."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._asked_ms = -ASK_EVERY_MS

    def call(self) -> Visit | None:
        """Call the next number of the block, or nobody when none is left."""
        post = self._post
        visit = call_reserved(post.store, post.machine.clock, post.by)
        if visit is not None:
            post.timeline.seen[Seen.BLOCK_CALLED] += 1
        return visit

    def calls_alone(self) -> bool:
        """Say whether the window knows that it is cut off, and has numbers left."""
        return self._post.machine.program.session.status().link is Link.OFFLINE and bool(self.left())

    def look(self) -> None:
        """Ask where the line flaps, give back where it is steady or the clerk wants to; then the turn goes on."""
        post, left = self._post, self.left()
        if left and post.happens(post.habits.give_back):
            self.give_back(own=False)
            return
        due = post.timeline.now_ms - self._asked_ms >= ASK_EVERY_MS
        status = post.machine.program.session.status()
        if left and not status.offline and status.course is Course.STEADY:
            self.give_back(own=True)
        elif due and not left and not status.offline and status.course is Course.FLAPPING:
            self._ask()

    def left(self) -> tuple[str, ...]:
        """Return the numbers the window may still call."""
        with self._post.store.read() as view:
            return tuple(each.number for each in block_left(view, self._post.window))

    def give_back(self, *, own: bool) -> None:
        """Press Shift+F6."""
        post = self._post
        released = release_block(post.store, post.by, own=own)
        post.timeline.seen[Seen.BLOCK_GIVEN_BACK] += bool(released)
        post.note("gives back " + " ".join(each.number for each in released))

    def _ask(self) -> None:
        post, program = self._post, self._post.machine.program
        self._asked_ms = post.timeline.now_ms
        try:
            ask_block(program.store, post.machine.clock, program.authority, post.by)
        except (AuthorityUnreachable, AuthorityRefused) as no:
            post.note(f"asks for a block in vain: {no}")
        else:
            post.timeline.seen[Seen.BLOCK_ASKED] += 1
            post.note("asks for a block")
