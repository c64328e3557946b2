"""好差评 at the counter: a citizen pressed a grade on keypad or screen; it goes to the server as any act does.

One visit, one rating (一次一评). The operation names the token by its hash, never who was here; no screen of the
counter reads the grade again (design/README.md, 6).
"""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rating import Grade, Way, rating_mark
from app.domain.rights import Act
from app.ports.store import Store
from app.usecases.acting import actor_at, require


def give_rating(store: Store, by: Clerk, *, token: str, grade: Grade, way: Way) -> bool:
    """Record the grade; False when the service was rated here before, and then nothing changes.

    Raises:
        ActRefused: no right.
        NotRegistered: the server has not named this counter yet.
    """
    require(by, Act.CARRY_RATING)
    mark = rating_mark(token)
    with store.begin() as work:
        if work.is_rated(mark):
            return False
        actor = actor_at(work, by)
        work.append(
            OperationDraft(
                kind="rating.given",
                entity="rating",
                entity_id=mark,
                payload={"grade": int(grade), "way": way.value, "window": actor.window},
                actor=actor,
            )
        )
    return True
