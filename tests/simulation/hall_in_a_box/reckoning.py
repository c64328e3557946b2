"""The last look, when the weather is fine and everything is said: both ends must tell the same story."""

import json
from collections import defaultdict

from app.domain.canonical import canonical_json
from app.domain.serials import CaseNumber
from app.domain.ticket import TicketState
from hall_in_a_box.auditor import Auditor
from hall_in_a_box.central import CentralMachine
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Crowd
from hall_in_a_box.ground import HALL, person, token
from hall_in_a_box.timeline import require


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
        self._tickets()

    def _outboxes(self) -> None:
        for each in self._counters:
            require(each.program.replica.outbox()[1] == 0, f"{each.window}: the outbox is not empty")

    def _mirrors(self) -> None:
        digest = self._central.face(token(self._counters[0].window)).digest(HALL)
        expected = digest.cursor, {name: (each.count, each.hash) for name, each in digest.tables.items()}
        for each in self._counters:
            require(each.program.replica.digest() == expected, f"{each.window}: the mirror differs")

    def _operations(self) -> None:
        """What the server keeps sealed is, byte for byte, what the window committed."""
        for each in self._counters:
            committed = [json.loads(wire) for (wire,) in each.disk.rows("SELECT wire FROM operation ORDER BY seq")]
            query = "SELECT incarnation, seq, sealed FROM operation WHERE device = ? ORDER BY seq"
            held = [
                self._central.cipher().open(sealed, f"operation/{HALL}/{each.window}/{incarnation}/{seq}")
                for incarnation, seq, sealed in self._central.disk.rows(query, each.window)
            ]
            require(held == [canonical_json(wire) for wire in committed], f"{each.window}: the two logs differ")

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
        """Whoever holds a receipt has exactly one case on both sides, and it is theirs."""
        held = {
            case_no: json.loads(self._central.cipher().open(sealed, f"case/{HALL}/{case_id}"))
            for case_id, case_no, sealed in self._central.disk.rows("SELECT case_id, case_no, sealed FROM service_case")
        }
        local = [row for each in self._counters for row in each.disk.rows("SELECT case_no FROM case_record")]
        require(sorted(held) == sorted(number for (number,) in local), "the two sides have different cases")
        receipts = {number: each for each in self._crowd.citizens.values() for number in each.receipts}
        require(receipts.keys() == held.keys(), "cases and receipts differ")
        for number, citizen in receipts.items():
            require(len(citizen.receipts) == 1, f"citizen {citizen.name} has {len(citizen.receipts)} cases")
            theirs = held[number]["applicant"]["address"] == person(citizen.name).address
            require(theirs, f"the case {number} is not that of citizen {citizen.name}")

    def _tickets(self) -> None:
        """Every paper is a ticket of the server, nobody is served twice, and no window is busy with a ghost."""
        papers = self._crowd.citizens.keys()
        require(self._auditor.numbers.keys() == papers, "papers and tickets differ")
        served = [row for each in self._counters for row in each.disk.rows(
            "SELECT number FROM visit WHERE served_ms IS NOT NULL"
        )]  # fmt: skip
        require(sorted(number for (number,) in served) == sorted(papers), "somebody was not served, or served twice")
        for ticket in self._auditor.tickets.values():
            ghost = ticket["state"] in {TicketState.WAITING, TicketState.SERVING}
            require(not ghost, f"{ticket['number']} is still {ticket['state']}")
