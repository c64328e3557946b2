"""The last look, when the weather is fine and everything is said: both ends must tell the same story."""

import json
from collections import Counter, defaultdict

from app.domain.canonical import canonical_json
from app.domain.serials import CaseNumber
from app.domain.standing import OVER
from app.domain.visit import CAME_TO_NOTHING, Admission
from hall_in_a_box.auditor import Auditor
from hall_in_a_box.central import CentralMachine
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Crowd
from hall_in_a_box.ground import HALL, person, token
from hall_in_a_box.ticket_watch import MADE_BY, UNMISSED, WITHDRAWN
from hall_in_a_box.timeline import require

UNSETTLED = "SELECT 1 FROM former_operation WHERE held = 0"


class Reckoning:
    """``check`` raises ``Violation``."""

    def __init__(self, central: CentralMachine, counters: list[CounterMachine], crowd: Crowd, auditor: Auditor) -> None:
        self._central = central
        self._counters = counters
        self._crowd = crowd
        self._auditor = auditor

    def check(self) -> None:
        self._outboxes()
        self._mirrors()
        self._operations()
        self._numbers()
        self._receipts()
        self._outcomes()
        self._tickets()
        self._windows()

    def forgotten(self) -> int:
        """Return how many cases that are over, counted at each window, its copy of the hall holds no more."""
        query = "SELECT case_id, state FROM service_case"
        over = {case_id for case_id, state in self._central.disk.rows(query) if state in OVER}
        held = (each.disk.rows("SELECT case_id FROM hall_case") for each in self._counters)
        return sum(len(over.difference(case_id for (case_id,) in rows)) for rows in held)

    def _outboxes(self) -> None:
        for each in self._counters:
            require(each.program.replica.outbox()[1] == 0, f"{each.window}: the outbox is not empty")
            require(not each.disk.rows(UNSETTLED), f"{each.window}: of an earlier life not everything is told")

    def _mirrors(self) -> None:
        digest = self._central.face(token(self._counters[0].window)).digest(HALL)
        expected = digest.cursor, {name: (each.count, each.hash) for name, each in digest.tables.items()}
        for each in self._counters:
            require(
                each.program.replica.digest(digest.since, digest.kept_from) == expected,
                f"{each.window}: the mirror differs",
            )

    def _operations(self) -> None:
        """What the server keeps sealed is, byte for byte, what the window committed, in each of its lives."""
        for (window, life), hashes in self._auditor.chains.items():
            query = "SELECT hash FROM operation WHERE device = ? AND incarnation = ? ORDER BY seq"
            held = [hashed for (hashed,) in self._central.disk.rows(query, window, life)]
            require(held == hashes[1:], f"{window}: the server has {len(held)} of {len(hashes) - 1} operations")
        for each in self._counters:
            committed = [json.loads(wire) for (wire,) in each.disk.rows("SELECT wire FROM operation ORDER BY seq")]
            query = "SELECT incarnation, seq, sealed FROM operation WHERE device = ? AND incarnation = ? ORDER BY seq"
            [(life,)] = each.disk.rows("SELECT incarnation FROM counter_state")
            opened = [
                self._central.cipher().open(sealed, f"operation/{HALL}/{each.window}/{incarnation}/{seq}")
                for incarnation, seq, sealed in self._central.disk.rows(query, each.window, life)
            ]
            if each.window in self._auditor.set_back:  # an old copy that has said nothing since
                opened = opened[: len(committed)]
            require(opened == [canonical_json(wire) for wire in committed], f"{each.window}: the two logs differ")

    def _numbers(self) -> None:
        """Case numbers count 1, 2, 3 … by counter and day."""
        series = defaultdict(list)
        for (case_no,) in self._central.disk.rows("SELECT case_no FROM service_case"):
            number = CaseNumber.parse(case_no)
            series[number.counter, number.day].append(number.sequence)
        for (counter, day), sequences in series.items():
            whole = list(range(1, len(sequences) + 1))
            require(sorted(sequences) == whole, f"numbers of counter {counter} on {day} have a gap or a double")

    def _receipts(self) -> None:
        """Whoever holds a paper of a case has it on both sides, it is theirs, and they have no other."""
        held = {
            case_no: json.loads(self._central.cipher().open(sealed, f"case/{HALL}/{case_id}"))
            for case_id, case_no, sealed in self._central.disk.rows("SELECT case_id, case_no, sealed FROM service_case")
        }
        local = dict(row for each in self._counters for row in each.disk.rows("SELECT case_no, rev FROM case_record"))
        numbers = dict(self._central.disk.rows('SELECT case_no, "window" FROM service_case'))
        told = {
            case_no: each["rev"] for case_no, each in held.items() if numbers[case_no] not in self._auditor.set_back
        }
        require(local.keys() <= held.keys(), "a case that the server does not have")
        require({each: local.get(each) for each in told} == told, "the two sides have different cases")
        receipts = {number: each for each in self._crowd.citizens for number in each.receipts}
        require(receipts.keys() == held.keys(), "cases and receipts differ")
        for number, citizen in receipts.items():
            theirs = held[number]["applicant"]["address"] == person(citizen.name).address
            require(theirs, f"the case {number} is not that of citizen {citizen.name}")

    def _outcomes(self) -> None:
        """Nobody is lost or served twice: one outcome for every time somebody went home, and for every further matter.

        Who missed three times went home without one, and another took their place in the line. An old copy of a disk
        still has a visit as missed whose miss was undone since: what any disk knows it came to counts.
        """
        ended: Counter[str] = Counter()
        continued: Counter[str] = Counter()
        query = "SELECT visit_id, number, admission, outcome FROM visit"
        visits = [*self._auditor.lost_visits, *(row for each in self._counters for row in each.disk.rows(query))]
        visits.sort(key=lambda visit: visit[-1] not in CAME_TO_NOTHING)
        for number, admission, outcome in {visit_id: visit for visit_id, *visit in visits}.values():
            ended[number] += outcome not in CAME_TO_NOTHING
            continued[number] += admission == Admission.CONTINUED
        for citizen in self._crowd.citizens:
            outcomes = sum(ended[number] - continued[number] for number in citizen.numbers)
            require(
                outcomes == citizen.ended,
                f"citizen {citizen.name} went {citizen.ended} times, with {outcomes} outcomes",
            )
            require(citizen.ended > 0 or citizen.void or not citizen.numbers, f"citizen {citizen.name} was lost")
        known = {number for citizen in self._crowd.citizens for number in citizen.numbers}
        require(ended.keys() <= known, "a visit of nobody")

    def _tickets(self) -> None:
        """Every number is a ticket of the server; what windows said of it happened once; none is left half-way."""
        watch = self._auditor.watch
        papers = {number for citizen in self._crowd.citizens for number in citizen.numbers}
        require(watch.numbers.keys() == papers, "papers and tickets differ")
        applied: Counter[tuple[str, str]] = Counter()
        parked: defaultdict[str, set[str]] = defaultdict(set)
        number_of = watch.named | {ticket_id: row["number"] for ticket_id, row in watch.tickets.items()}
        query = (
            "SELECT device, incarnation, seq, kind, entity_id, status, reason FROM operation WHERE entity = 'ticket'"
        )
        for *place, kind, ticket_id, status, reason in self._central.disk.rows(query):
            if tuple(place) in self._auditor.repeated:
                continue
            number = number_of.get(ticket_id, ticket_id)
            if status == "applied":
                applied[kind, number] += 1
            else:
                parked[kind].add(number)
                # Who began again from an old copy does not know what they did with a number before.
                two = len(watch.windows[number]) > 1 or watch.windows[number] & self._auditor.set_back
                require(bool(two), f"{kind} of {number}: {reason}, though no other window had it")
        require(watch.owed <= parked[UNMISSED], f"called twice, and nobody was told: {watch.owed - parked[UNMISSED]}")
        for (kind, number), times in watch.moves.items():
            require(
                applied[kind, number] == times, f"{kind} of {number}: applied {applied[kind, number]}, made {times}"
            )
        for kind in (*MADE_BY.values(), WITHDRAWN):
            said, made = (
                {number: n for (each, number), n in counts.items() if each == kind} for counts in (applied, watch.moves)
            )
            require(said == made, f"{kind} was applied, and nothing happened")

    def _windows(self) -> None:
        """No window has a visit left half-way, and every sign is taken down at both ends."""
        for each in self._counters:
            require(
                not each.disk.rows("SELECT 1 FROM visit WHERE finished_ms IS NULL"), f"{each.window}: a visit is open"
            )
            require(not each.disk.rows("SELECT 1 FROM pause WHERE ended_ms IS NULL"), f"{each.window}: it pauses still")
        require(not self._central.disk.rows("SELECT 1 FROM window_pause"), "a sign hangs in the hall still")
