"""A clerk at a window: one key at a time, by what the screen shows; after a power cut they know who stands there."""

from app.domain.visit import Visit, VisitState
from app.ports.queue_authority import AuthorityRefused
from app.ports.store_fault import StoreFault
from app.usecases.acting import ActRefused
from hall_in_a_box.at_the_desk import DeskKeys
from hall_in_a_box.at_the_queue import QueueKeys
from hall_in_a_box.post import Post
from hall_in_a_box.shift import ShiftKeys
from hall_in_a_box.timeline import IDLE, SECOND


class ClerkAtWork:
    """Sits at the post for the whole day."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._queue = QueueKeys(post)
        self._desk = DeskKeys(post, self._queue)
        self._shift = ShiftKeys(post)
        post.machine.begun = self.look_at_screen

    def registered_again(self) -> None:
        """Find the store made anew: the day is to be opened again."""
        self._shift.open = False

    def look_at_screen(self) -> None:
        """Begin to work: whoever was called before the power went is called out again."""
        visit = self._post.open_visit()
        self._post.recognise(visit)
        if visit is not None and visit.state is VisitState.CALLED:
            self._post.announce(visit)
        self._go_on()

    def _go_on(self) -> None:
        timeline = self._post.timeline
        timeline.after(timeline.between(3 * SECOND, 13 * SECOND), self._post.machine.living(self._work))

    def _work(self) -> bool | None:
        self._go_on()
        if self._post.machine.at_odds:
            return IDLE
        try:
            done = self._act(self._post.open_visit())
        except (ActRefused, AuthorityRefused) as refused:
            self._post.note(f"no: {refused}")
            done = None
        except StoreFault as fault:
            self._post.machine.met(fault)
            self._post.recognise(self._post.open_visit())
            done = None
        if done is not IDLE:
            self._post.machine.wake()
        return done

    def _act(self, visit: Visit | None) -> bool | None:
        """Press one key. A counter that has no number and catalogue yet waits for them."""
        if not self._shift.open:
            if self._post.machine.program.replica.cursor() == 0:
                return IDLE
            self._shift.open_day()
        elif visit is None:
            if self._shift.away:
                return IDLE
            if not self._shift.between_visits():
                self._queue.next()
        elif visit.state is VisitState.CALLED:
            return self._queue.wait(visit)
        elif visit.state is VisitState.SERVING:
            self._desk.serve(visit)
        else:
            self._desk.after_paper(visit)
        return None
