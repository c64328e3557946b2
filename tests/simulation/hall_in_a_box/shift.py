"""What a clerk does about the window itself: open the day, pause, be back, hand the shift over."""

from app.domain.pause import PauseReason
from app.storage.slip_files import load_templates
from app.usecases.hand_over import begin_handover, hand_over
from app.usecases.open_day import open_day
from app.usecases.pause_window import pause_window
from app.usecases.resume_window import resume_window
from hall_in_a_box.ground import WINDOWS
from hall_in_a_box.post import Post
from hall_in_a_box.timeline import SECOND

BREAK_MS = 60 * SECOND


class ShiftKeys:
    """``open`` and since when the clerk is away are the clerk's own memory: a power cut does not touch it."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self.open = False
        self._away_ms: int | None = None

    def open_day(self) -> None:
        open_day(self._post.store, self._post.machine.clock, self._post.by)
        self.open = True

    @property
    def away(self) -> bool:
        """Whether the clerk is not back yet."""
        return self._away_ms is not None and self._post.timeline.now_ms - self._away_ms < BREAK_MS

    def between_visits(self) -> bool:
        """Do what concerns the window itself; say whether that took the turn. A sign that hangs out is taken down."""
        post, clock = self._post, self._post.machine.clock
        with post.store.read() as view:
            pause = view.pause()
        if pause is not None:
            resume_window(post.store, clock, post.by)
            post.note("is back")
        elif post.happens(post.habits.pause):
            self._away_ms = post.timeline.now_ms
            pause_window(post.store, clock, post.by, reason=PauseReason.MATERIALS, minutes=5)
            post.note("pauses")
        elif post.happens(post.habits.hand_over):
            self._hand_over()
        else:
            return False
        return True

    def _hand_over(self) -> None:
        """Give everything that is not done to a colleague; nothing of it is lost on the sheet."""
        post = self._post
        heir = next(each for each in WINDOWS.values() if each != post.by.number)
        with post.store.read() as view:
            sheet = begin_handover(view, post.by).give_rest(heir)
        hand_over(post.store, post.machine.clock, load_templates(), sheet, post.by)
        post.note(f"hands {len(sheet.entries)} over to {heir}")
