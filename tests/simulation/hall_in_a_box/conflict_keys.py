"""Ctrl+S: what the server could not take as it was said; the clerk decides, one matter at a time."""

from app.domain.conflict import How
from app.usecases.resolve_conflict import resolve_conflict, ways_of
from hall_in_a_box.post import Post
from hall_in_a_box.seen import Seen


class ConflictKeys:
    """Pressed while nobody is served."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def resolve(self) -> bool:
        """Resolve the oldest that waits, in one of the ways the program offers; say whether that took the turn."""
        post = self._post
        with post.store.read() as view:
            waiting = view.parked_operations(1) if view.conflicts() else ()
            ways = ways_of(view, waiting[0]) if waiting else ()
        if not waiting or not post.happens(post.habits.resolve):
            return False
        how = post.timeline.chance.choice(ways)
        resolve_conflict(post.store, waiting[0].operation.seq, how, post.by)
        post.timeline.seen[Seen.CONFLICT_HANDED_ON if how is How.MANAGER else Seen.CONFLICT_RESOLVED] += 1
        post.note(f"resolves {waiting[0].operation.kind}: {how.value}")
        return True
