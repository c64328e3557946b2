"""A clerk at a window: calls, serves whoever comes, and knows after a power cut who stands there."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.visit import Visit, VisitState
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefused
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.complete_case import complete_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Citizen, Crowd
from hall_in_a_box.ground import LICENCE, ON_THE_SPOT, WINDOWS, ground, person
from hall_in_a_box.timeline import IDLE, SECOND, Timeline

PATIENCE_MS = 35 * SECOND
"""How long a clerk waits for somebody they called."""
INVITES = 0.08
"""How often a clerk serves by presented ticket though the server answers."""


class ClerkAtWork:
    """``loudspeaker`` hears every number that is called out."""

    def __init__(
        self, timeline: Timeline, crowd: Crowd, machine: CounterMachine, loudspeaker: Callable[[str], None]
    ) -> None:
        self._timeline = timeline
        self._crowd = crowd
        self._machine = machine
        self._by = ground().clerks[WINDOWS[machine.window]]
        self._loudspeaker = loudspeaker
        self._announced_ms = 0
        self._day_open = False
        machine.begun = self.look_at_screen

    def look_at_screen(self) -> None:
        """Begin to work: whoever was called before the power went is called out again."""
        visit = self._open_visit()
        self._let_go(visit)
        if visit is not None and visit.state is VisitState.CALLED:
            self._announce(visit)
        self._go_on()

    def _go_on(self) -> None:
        self._timeline.after(self._timeline.between(3 * SECOND, 13 * SECOND), self._machine.living(self._work))

    def _work(self) -> bool | None:
        self._go_on()
        visit = self._open_visit()
        if self._must_wait(visit):
            return IDLE
        try:
            self._act(visit)
        except (ActRefused, AuthorityRefused) as refused:
            self._note(f"no: {refused}")
        self._machine.wake()
        return None

    def _must_wait(self, visit: Visit | None) -> bool:
        """Say whether this counter has no number and catalogue yet, or whoever was called may still be on their way."""
        if not self._day_open:
            return self._machine.program.replica.cursor() == 0
        called = visit is not None and visit.state is VisitState.CALLED and self._standing_here() is None
        return called and self._timeline.now_ms - self._announced_ms <= PATIENCE_MS

    def _act(self, visit: Visit | None) -> None:
        if not self._day_open:
            open_day(self._machine.program.store, self._machine.clock, self._by)
            self._day_open = True
        elif visit is None:
            self._call_or_invite(INVITES)
        elif visit.state is VisitState.CALLED:
            self._receive(visit)
        elif visit.state is VisitState.SERVING:
            self._take_in(visit)
        else:
            self._finish(visit)

    def _call_or_invite(self, inviting: float) -> None:
        if self._timeline.happens(inviting):
            self._invite()
        else:
            self._call()

    def _call(self) -> None:
        program = self._machine.program
        try:
            visit = call_next(program.store, self._machine.clock, program.authority, self._by)
        except AuthorityUnreachable:
            self._note("no answer")
            visit = None
        if visit is not None:
            self._announce(visit)
        else:
            self._invite()

    def _announce(self, visit: Visit) -> None:
        self._note(f"announces {visit.number}")
        self._announced_ms = self._timeline.now_ms
        self._loudspeaker(visit.number)
        self._crowd.announce(visit.number, self._machine.window, lambda: self._still_calls(visit))

    def _receive(self, visit: Visit) -> None:
        if self._standing_here() is None:
            self._call_or_invite(3 * INVITES)
        else:
            arrive(self._machine.program.store, self._machine.clock, self._by)
            self._note(f"{visit.number} arrived")

    def _invite(self) -> None:
        """Ask somebody in the hall to the window; the number on their paper is typed in."""
        waiting = self._crowd.in_hall()
        if not waiting:
            return
        citizen = self._timeline.chance.choice(waiting)
        citizen.at = self._machine.window
        try:
            present_ticket(self._machine.program.store, self._machine.clock, citizen.number, self._by)
        except ActRefused:
            citizen.at = None
            raise
        self._note(f"{citizen.number} presented")

    def _take_in(self, visit: Visit) -> None:
        item = self._timeline.chance.choice((ON_THE_SPOT, LICENCE))
        applicant = person(self._crowd.citizens[visit.number].name)
        card = replace(ground().cards[item], ticket_number=visit.number, applicant=applicant)
        act = complete_case if item == ON_THE_SPOT else accept_case
        taken = act(self._machine.program.store, self._machine.clock, load_templates(), card, self._by)
        self._note(f"{visit.number} has case {taken.case.case_no}")

    def _finish(self, visit: Visit) -> None:
        """Hand the paper over; it is in the spool since the commit, whatever happened to the power since."""
        program, citizen = self._machine.program, self._crowd.citizens[visit.number]
        with program.store.read() as view:
            case = view.case(visit.case_id or "")
        assert case is not None, "an issued visit has its case"
        if case.case_no not in citizen.receipts:
            citizen.receipts.append(case.case_no)
        finish_visit(program.store, self._machine.clock, self._by)
        self._note(f"{visit.number} finished")
        self._let_go(None)

    def _let_go(self, visit: Visit | None) -> None:
        """Whoever stands here and is not the one on the screen goes: home with a receipt, or back to the hall."""
        citizen = self._standing_here()
        if citizen is not None and (visit is None or visit.number != citizen.number):
            citizen.at, citizen.served = None, bool(citizen.receipts)

    def _standing_here(self) -> Citizen | None:
        return next((each for each in self._crowd.citizens.values() if each.at == self._machine.window), None)

    def _open_visit(self) -> Visit | None:
        with self._machine.program.store.read() as view:
            return view.open_visit()

    def _still_calls(self, called: Visit) -> bool:
        return self._machine.running is not None and self._open_visit() == called

    def _note(self, what: str) -> None:
        self._timeline.note(self._machine.window, what)
