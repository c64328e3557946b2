"""What must be true of a counter's book after every press, asked of its tables and not of the code that filled them."""

import json
import re
from collections import Counter as Tally
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from app.domain.case import CASE, Case, CaseState
from app.domain.case_clock import clock_of
from app.domain.decision import decision_of
from app.domain.original import OriginalState
from app.domain.visit import VisitState

S = CaseState
NEGATIVE = frozenset({S.REFUSED, S.WITHDRAWN, S.DENIED})
DAY = re.compile(r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{2}-\d{2})")
LAW = re.compile(r"《[^》]+》|依据|申请书")
ABOUT_ANOTHER = ("办结告知单", "送达回证")
"""They say that a document lies ready or reached its person; the basis stands on that document, a paper of its own."""
NEXT: dict[S, set[S]] = {}
for (_old, _event), _new in CASE.rows().items():
    NEXT.setdefault(_old, set()).add(_new)
NEXT[S.SUPPLEMENT_NOTICED] |= NEXT[S.RECEIVED]
"""The papers come and are decided on in one act."""
FIRST = frozenset({S.RECEIVED, S.ACCEPTED, S.SUPPLEMENT_NOTICED, S.REFUSED, S.DELIVERED, S.WITHDRAWN})
"""How a case can begin: 收件, or 收件 with what follows in the same act."""


class Watch:
    """Looks at a counter after every press and remembers what may not change."""

    def __init__(self, kit: Any) -> None:
        self._kit = kit
        self._first: dict[str, str] = {}
        self._stood: dict[str, tuple[int, S]] = {}
        self._read: set[str] = set()
        self.refused: Tally[str] = Tally()
        self.done = 0
        self.states: set[S] = set()

    def rows(self, sql: str) -> Sequence[Any]:
        """Return what the book says."""
        with self._kit.database.read() as connection:
            return list(connection.execute(text(sql)).all())

    def everything(self) -> Any:
        """Return what a refused act may not change: cases, visits, papers, operations, numbers."""
        return [
            self.rows(
                "SELECT case_id, rev, state, first_clerk, promised_due, statutory_due FROM case_record ORDER BY 1"
            ),
            self.rows("SELECT visit_id, state, outcome, case_id FROM visit ORDER BY 1"),
            self.rows("SELECT job_id, state FROM print_job ORDER BY 1"),
            self.rows("SELECT original_id, state FROM original ORDER BY 1"),
            self.rows("SELECT count(*), max(seq) FROM operation"),
            self.rows("SELECT * FROM serial ORDER BY 1"),
        ]

    def cases(self) -> list[Case]:
        """Return every case as it stands, oldest first."""
        rows = self.rows("SELECT case_id FROM case_record ORDER BY rowid")
        with self._kit.store.read() as view:
            found = [view.case(row.case_id) for row in rows]
        return [case for case in found if case is not None]

    def originals(self) -> list[str]:
        """Return the originals that are not sealed yet."""
        with self._kit.store.read() as view:
            return [each.original_id for each in view.originals_owed()]

    def print_everything(self) -> None:
        """The thermal printer does its work."""
        with self._kit.database.write() as connection:
            connection.execute(text("UPDATE print_job SET state = 'printed' WHERE state IN ('queued', 'sending')"))

    def print_originals(self) -> None:
        """The A4 printer does its work."""
        states = {"new": OriginalState.PRINTED.value, "old": OriginalState.QUEUED.value}
        with self._kit.database.write() as connection:
            connection.execute(text("UPDATE original SET state = :new WHERE state = :old"), states)

    def sit_at(self, window: str) -> None:
        """The counter stands at this window."""
        with self._kit.database.write() as connection:
            connection.execute(text("UPDATE counter_state SET window = :window"), {"window": window})

    def look(self) -> None:
        """Hold every promise.

        Raises:
            AssertionError: one is broken; the words say which.
        """
        self._no_visit_ends_without_an_outcome()
        for case in self.cases():
            self.states.add(case.state)
            self._moves_by_the_table(case)
            self._keeps_its_first_clerk(case)
            self._runs_one_clock(case)
            self._has_its_papers(case)

    def _no_visit_ends_without_an_outcome(self) -> None:
        ended = (VisitState.FINISHED.value, VisitState.ISSUED.value)
        for row in self.rows("SELECT number, state, outcome FROM visit"):
            assert row.state not in ended or row.outcome, f"{row.number} is {row.state} without an outcome"

    def _moves_by_the_table(self, case: Case) -> None:
        before = self._stood.get(case.case_id)
        if before is None:
            assert case.state in FIRST, f"a case begins as {case.state}"
        elif before != (case.rev, case.state):
            assert case.rev > before[0], f"{case.case_no}: revision {before[0]} became {case.rev}"
            assert case.state in NEXT[before[1]] or case.state is before[1], f"{before[1]} became {case.state}"
        self._stood[case.case_id] = (case.rev, case.state)

    def _keeps_its_first_clerk(self, case: Case) -> None:
        first = self._first.setdefault(case.case_id, case.first_clerk)
        assert case.first_clerk == first, f"{case.case_no}: first was {first}, now {case.first_clerk}"

    def _runs_one_clock(self, case: Case) -> None:
        """At most one of: five days to answer, the limits, a stopped limit, ten days to hand over."""
        clock, decision = clock_of(case), decision_of(case)
        waiting = decision is not None and decision.deliver_by is not None and decision.served is None
        runs = {
            "answer": case.notice_due is not None,
            "limit": case.state in {S.ACCEPTED, S.REVIEWING},
            "stopped": case.state is S.SUSPENDED,
            "hand over": waiting and case.state in {S.GRANTED, S.AWAITING_PICKUP},
        }
        assert sum(runs.values()) <= 1, f"{case.case_no} {case.state}: {runs}"
        assert runs["answer"] == (case.state is S.RECEIVED), f"{case.case_no} {case.state}: {case.notice_due}"
        if runs["limit"]:
            assert case.promised_due, f"{case.case_no} runs without a promised day"
        if runs["stopped"]:
            assert clock.suspensions, "a clock stands still and nothing says why"
            assert clock.suspensions[-1].printed_ms is not None, "a clock stands still before its notice was printed"
        assert clock.extension is None or case.statutory_due is None or case.promised_due is not None

    def _has_its_papers(self, case: Case) -> None:
        """No case without an outcome on paper; no paper without number, day and basis."""
        with self._kit.store.read() as view:
            papers = [(job.job_id, job.document) for job in view.print_jobs_of(case.case_id)]
            originals = view.originals_of(case.case_id)
            papers += [(each.original_id, view.original_paper(each.original_id)) for each in originals]
        assert papers, f"{case.case_no} is {case.state} and nobody has a paper"
        only_received = case.state is S.WITHDRAWN and case.doc_no is None
        sealed = NEGATIVE | {S.ACCEPTED, S.REVIEWING, S.SUSPENDED, S.GRANTED, S.AWAITING_PICKUP}
        if case.state in sealed and not only_received:
            assert originals, f"{case.case_no} is {case.state} without a sealed original"
        if case.state in {S.ACCEPTED, S.REFUSED}:
            assert case.doc_no, f"{case.case_no} is {case.state} without a document number"
        for key, document in papers:
            if key not in self._read:
                self._read.add(key)
                words = json.dumps(document, ensure_ascii=False)
                assert case.case_no in words or (case.doc_no and case.doc_no in words) or "号" in words, words
                assert DAY.search(words), f"no day on {words}"
                assert LAW.search(words) or any(each in words for each in ABOUT_ANOTHER), f"no basis on {words}"
