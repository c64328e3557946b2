"""A window as its clerk has it before them: the machine, the loudspeaker, and who stands there."""

from collections.abc import Callable

from app.domain.clerk import Clerk
from app.domain.visit import CAME_TO_NOTHING, Visit, VisitState
from app.domain.work.card import WorkCard
from app.ports.store import Store
from app.usecases.save_draft import restore_draft
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Citizen, Crowd
from hall_in_a_box.ground import WINDOWS, ground, person
from hall_in_a_box.habits import Habits
from hall_in_a_box.timeline import Timeline


class Post:
    """``loudspeaker`` hears every number that is called out; the clerk's own memory survives a power cut."""

    def __init__(
        self,
        timeline: Timeline,
        crowd: Crowd,
        machine: CounterMachine,
        habits: Habits,
        loudspeaker: Callable[[str], None],
    ) -> None:
        self.timeline = timeline
        self.crowd = crowd
        self.machine = machine
        self.habits = habits
        self._loudspeaker = loudspeaker
        self.announced_ms = 0

    @property
    def window(self) -> str:
        return self.machine.window

    @property
    def store(self) -> Store:
        return self.machine.program.store

    @property
    def by(self) -> Clerk:
        return ground().clerks[WINDOWS[self.window]]

    @property
    def citizen(self) -> Citizen | None:
        """Who stands here."""
        return self.crowd.at(self.window)

    def happens(self, probability: float) -> bool:
        return self.timeline.happens(probability)

    def note(self, what: str) -> None:
        self.timeline.note(self.window, what)

    def open_visit(self) -> Visit | None:
        with self.store.read() as view:
            return view.open_visit()

    def card(self, name: str, visit: Visit) -> WorkCard:
        """Return one of the cards of the ground, filled in for whoever is served."""
        return ground().card(name, visit.number, person(self.owner(visit).name))

    def page(self, visit: Visit) -> WorkCard:
        """Return the page of a visit as it was last saved."""
        card = restore_draft(self.store, visit.visit_id)
        assert card is not None, f"the page of {visit.number} is kept"
        return card

    def owner(self, visit: Visit) -> Citizen:
        """Return whose visit it is."""
        citizen = self.crowd.known_as(visit.number)
        assert citizen is not None, "a number is somebody's"
        return citizen

    def announce(self, visit: Visit) -> None:
        self.note(f"announces {visit.number}")
        self.announced_ms = self.timeline.now_ms
        self._loudspeaker(visit.number)
        self.crowd.announce(visit.number, self.window, lambda: self._still_calls(visit))

    def recognise(self, visit: Visit | None) -> None:
        """See who stands here: whoever just sat down has the number of the visit, whoever is done or sent goes."""
        citizen = self.citizen
        if citizen is None or (visit is not None and citizen.number == visit.number):
            return
        if citizen.number:
            self._leave(citizen)
        elif visit is not None and visit.state is VisitState.SERVING and self.crowd.known_as(visit.number) is None:
            self.crowd.give(citizen, visit.number)
        else:
            self.crowd.stands_up(citizen, self.window)

    def _leave(self, citizen: Citizen) -> None:
        """Home with an outcome, out for what is missing, or back to the hall: what the window committed, happened."""
        last = self.machine.disk.rows(
            "SELECT state, outcome FROM visit WHERE number = ? ORDER BY rowid DESC LIMIT 1", citizen.number
        )
        state, outcome = last[0] if last else ("", None)
        if state == VisitState.HELD:
            self.crowd.goes_out(citizen, self.window)
        else:
            citizen.at, citizen.home = None, outcome is not None and outcome not in CAME_TO_NOTHING
            citizen.ended += citizen.home

    def _still_calls(self, called: Visit) -> bool:
        return self.machine.running is not None and self.open_visit() == called
