"""What a clerk presses while nobody is served: call, recall, no-show, undo, withdrawal, transfers, held visits."""

from app.domain.chosen import ChosenCall, ChosenReason
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import DeclineReason
from app.domain.visit import Outcome, Visit
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.storage.slip_files import load_templates
from app.usecases.acting import ActRefused
from app.usecases.answer_transfer import decline_transfer, take_transfer
from app.usecases.arrive import arrive
from app.usecases.call_chosen import call_chosen
from app.usecases.call_next import call_next
from app.usecases.miss_ticket import miss_ticket
from app.usecases.present_paper import present_paper
from app.usecases.present_ticket import present_ticket
from app.usecases.recall_ticket import recall_ticket
from app.usecases.take_back import take_back
from app.usecases.transfer_ticket import transfer_ticket
from app.usecases.undo_miss import undo_miss
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_call import withdraw_call
from hall_in_a_box.block_keys import BlockKeys
from hall_in_a_box.conflict_keys import ConflictKeys
from hall_in_a_box.crowd import Citizen, Errand
from hall_in_a_box.ground import WINDOWS
from hall_in_a_box.habits import PATIENCE_MS
from hall_in_a_box.post import Post
from hall_in_a_box.timeline import IDLE, SECOND, require

SHORT = 4
"""The length of a hall's number; one of a window's own series is longer."""
LOOKS_AGAIN_MS, NEVER_MS = 60 * SECOND, 1 << 60
RECOVERING = "recovering"
"""Nobody may be called before all windows have told the restored server what they called."""


class QueueKeys:
    """The two pages without work: nobody is here, or somebody was called.

    The clerk knows which offers they answered, by ticket and revision, before the feed does; one that the program
    refused to answer they look at again later.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._block = BlockKeys(post)
        self._conflicts = ConflictKeys(post)
        self._answered: dict[tuple[str, int], int] = {}

    def next(self) -> None:
        """Nobody is here: first those who have a right to this window, then whoever is next."""
        post = self._post
        self._block.look()
        if self._conflicts.resolve() or self._undo() or self._answer_offer() or self._take_back() or self._seat():
            return
        if post.happens(post.habits.choose):
            self._choose()
        else:
            self._call_or_invite(post.habits.invite)

    def wait(self, visit: Visit) -> bool | None:
        """Somebody was called: begin when they are here, call again, give up in one of several ways."""
        post = self._post
        clock, by, habits = post.machine.clock, post.by, post.habits
        if post.citizen is not None or post.happens(habits.slip):
            arrive(post.store, clock, by)
            post.note(f"{visit.number} arrived")
        elif post.happens(habits.withdraw):
            withdraw_call(post.store, clock, by)
            post.note(f"{visit.number} withdrawn")
        elif post.happens(habits.transfer):
            self.transfer(visit)
        elif post.happens(habits.recall):
            recall_ticket(post.store, clock, by)
            post.announce(visit)
        elif post.timeline.now_ms - post.announced_ms <= PATIENCE_MS:
            return IDLE
        elif post.happens(habits.miss):
            miss_ticket(post.store, clock, by)
            post.note(f"{visit.number} missed")
        else:
            self._call_or_invite(3 * habits.invite)
        return None

    def transfer(self, visit: Visit) -> None:
        """Send whoever was called or is served to another window."""
        post = self._post
        to_window = post.timeline.chance.choice([each for each in WINDOWS if each != post.window])
        transfer_ticket(post.store, post.machine.clock, load_templates(), to_window, post.by)
        post.note(f"{visit.number} to {to_window}")

    def _undo(self) -> bool:
        post = self._post
        with post.store.read() as view:
            last = view.last_ended()
        if last is None or last.outcome is not Outcome.MISSED or not post.happens(post.habits.undo):
            return False
        try:
            visit = undo_miss(post.store, post.machine.clock, post.by)
        except ActRefused:
            return False
        post.announce(visit)
        return True

    def _answer_offer(self) -> bool:
        post = self._post
        with post.store.read() as view:
            offers = view.offered_to(post.window)
        offer = next((each for each in offers if self._open(each)), None)
        if offer is None or not post.happens(post.habits.answer_offer):
            return False
        try:
            self._answer(offer)
        except ActRefused:
            self._answered[offer.ticket_id, offer.rev] = post.timeline.now_ms + LOOKS_AGAIN_MS
            raise
        self._answered[offer.ticket_id, offer.rev] = NEVER_MS
        return True

    def _open(self, offer: Ticket) -> bool:
        return self._answered.get((offer.ticket_id, offer.rev), 0) <= self._post.timeline.now_ms

    def _answer(self, offer: Ticket) -> None:
        post, number = self._post, offer.number
        if offer.state is TicketState.TRANSFERRING and post.happens(post.habits.decline):
            decline_transfer(post.store, number, DeclineReason.BUSY, post.by)
            post.note(f"{number} sent back")
        else:
            post.announce(take_transfer(post.store, post.machine.clock, number, post.by))

    def _take_back(self) -> bool:
        """Serve somebody again who is back; their page is as it was."""
        post = self._post
        with post.store.read() as view:
            held = view.held_visits()
        here = next((each for each in held if post.owner(each).back_at == post.window), None)
        if here is None:
            return False
        citizen = post.owner(here)
        citizen.at, citizen.back_at = post.window, None
        if len(here.number) == SHORT and post.happens(post.habits.invite):
            visit = present_ticket(post.store, post.machine.clock, here.number, post.by)
        else:
            visit = take_back(post.store, post.machine.clock, here.visit_id, post.by)
        require(citizen.page is None or post.page(visit) == citizen.page, f"the page of {visit.number} is another one")
        post.note(f"{visit.number} taken back")
        return True

    def _seat(self) -> bool:
        """Somebody without a ticket sits down, some with the paper of an earlier visit."""
        post = self._post
        citizen = post.crowd.sits_down(post.window, new=post.happens(post.habits.walk_in))
        if citizen is None:
            return False
        if citizen.case_no and not self._knows(citizen.case_no):
            # The window began anew from an old copy: what it did since is looked up at the hall's own desk.
            citizen.errand, citizen.case_no = Errand.APPLY, ""
            post.crowd.stands_up(citizen, post.window)
            return True
        self._begin(citizen)
        return True

    def _knows(self, case_no: str) -> bool:
        return bool(self._post.machine.disk.rows("SELECT 1 FROM case_record WHERE case_no = ?", case_no))

    def _begin(self, citizen: Citizen) -> None:
        """Serve somebody who sits here without a ticket."""
        post = self._post
        try:
            if citizen.errand is Errand.SUPPLEMENT:
                visit = present_paper(post.store, post.machine.clock, citizen.case_no, post.by)
            else:
                visit = walk_in(post.store, post.machine.clock, post.by)
        except ActRefused:
            post.crowd.stands_up(citizen, post.window)
            raise
        post.recognise(visit)
        post.note(f"{visit.number} walked in")

    def _call_or_invite(self, inviting: float) -> None:
        if self._post.happens(inviting):
            self._invite()
        else:
            self._call()

    def _call(self) -> None:
        post = self._post
        program = post.machine.program
        try:
            if self._block.calls_alone():
                visit = self._block.call()
            else:
                visit = call_next(program.store, post.machine.clock, program.authority, post.by)
        except AuthorityUnreachable:
            post.note("no answer")
            visit = self._block.call()
        except AuthorityRefused as refused:
            if refused.code != RECOVERING:
                raise
            visit = None
        if visit is not None:
            post.announce(visit)
        else:
            self._invite()

    def _choose(self) -> None:
        """Call a number that waits or was missed, whoever holds it."""
        post = self._post
        with post.store.read() as view:
            known = [*view.waiting([post.crowd.business], 9), *view.missed_since([post.crowd.business], 0)]
        if not known:
            return
        choice = ChosenCall(post.timeline.chance.choice(known).number, ChosenReason.URGENT)
        program = post.machine.program
        try:
            visit = call_chosen(program.store, post.machine.clock, program.authority, choice, post.by)
        except AuthorityUnreachable:
            post.note(f"no answer for {choice.number}")
            return
        if visit is not None:
            post.announce(visit)

    def _invite(self) -> None:
        """Ask somebody in the hall to the window; the number on their paper is typed in.

        A number of a window's own series means nothing here: whoever has one sits down as without.
        """
        post = self._post
        waiting = post.crowd.in_hall()
        if not waiting:
            return
        citizen = post.timeline.chance.choice(waiting)
        citizen.at = post.window
        if len(citizen.number) > SHORT:
            citizen.number = ""
            self._begin(citizen)
            return
        try:
            visit = present_ticket(post.store, post.machine.clock, citizen.number, post.by)
        except ActRefused:
            citizen.at = None
            self._send_for_another(citizen)
            raise
        post.note(f"{visit.number} presented")

    def _send_for_another(self, citizen: Citizen) -> None:
        """Who missed three times takes a new number."""
        with self._post.store.read() as view:
            ticket = view.ticket_by_number(citizen.number)
        if ticket is not None and ticket.state is TicketState.VOID:
            citizen.home = citizen.void = True
            self._post.crowd.take_number()
