"""Watches both ends from outside, after every event: what was promised, in plain SQL behind the programs' backs."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from app.domain.operation import GENESIS, Operation, from_wire, operation_hash
from hall_in_a_box.disk import Disk
from hall_in_a_box.other_life import Loss
from hall_in_a_box.ticket_watch import TicketWatch, WatchMemory
from hall_in_a_box.timeline import require

OVERTAKEN = {
    (entity, reason) for entity in ("ticket", "contact") for reason in ("taken_elsewhere", "illegal_transition")
}
"""Why an operation may wait for a person: the citizen came to a window although another one had called them."""
OF_THE_LOG = "rowid, device, incarnation, seq, hash, entity, status, reason"


@dataclass
class Counter:
    """What was seen of one window: its operations by sequence as hashes, and how far everything got."""

    disk: Disk
    hashes: list[str] = field(default_factory=lambda: [GENESIS])
    incarnation: str = ""
    cloned: bool = False
    """Whether an old copy of the disk was put in, and not looked at yet."""
    acked: int = 0
    cursor: int = 0
    changes: int = -1


class Auditor:
    """``look`` raises ``Violation`` at the first broken promise."""

    def __init__(self, server: Disk, counters: dict[str, Disk]) -> None:
        self.server = server
        self.counters = {window: Counter(disk) for window, disk in counters.items()}
        self.watch = TicketWatch(server, counters)
        self.feed: list[tuple[str, str, int]] = []
        self._cases: dict[str, int] = {}
        self._held: defaultdict[str, int] = defaultdict(int)
        self.chains: dict[tuple[str, str], list[str]] = {}
        """The hashes of every life of every window, as it committed them."""
        self.repeated: set[tuple[str, str, int]] = set()
        self.lost_visits: list[tuple[Any, ...]] = []
        self.set_back: set[str] = set()
        """Windows that began again from an old copy: what they did since is on the server, and not here."""
        self._row = 0
        self._changes = -1
        self._asked: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        self._asked_at = -1
        self.begins = 0
        """The head at which the feed of the server's present life began."""
        self._kept: dict[str, int] = {}
        """How much of each window's log the backup held."""
        self._memory: tuple[WatchMemory, dict[str, int]] | None = None

    @property
    def head(self) -> int:
        return self.begins + len(self.feed)

    def remember(self) -> None:
        """Keep what is known of the server: it was backed up at this moment."""
        self.look()
        self._memory = self.watch.memory(), dict(self._cases)

    def forget(self) -> None:
        """Go back to what was known at the backup: the server did. What windows and citizens know stays."""
        assert self._memory is not None, "only a backup is restored"
        known, cases = self._memory
        self.watch.go_back(known)
        self._cases = dict(cases)
        self._asked_at = -1
        self.begins, self.feed = self._head(), []
        [(self._row,)] = self.server.rows("SELECT coalesce(max(rowid), 0) FROM operation")
        self._held.clear()
        self._held.update(self.server.rows("SELECT incarnation, last_seq FROM registration"))
        self._kept = dict(self._held)
        self._changes = -1

    def look(self) -> None:
        for window, counter in self.counters.items():
            if counter.disk.total_changes != counter.changes:
                counter.changes = counter.disk.total_changes
                self._look_at_counter(window, counter)
        if self.server.total_changes != self._changes:
            self._changes = self.server.total_changes
            self._look_at_feed()
            self._look_at_log()

    def announced(self, window: str, number: str) -> None:
        """Hear the loudspeaker, knowing what the window committed for it."""
        self._look_at_counter(window, self.counters[window])
        self.watch.announced(window, number)

    def goes_back(self, window: str, kind: Loss) -> None:
        """Hear that a window's disk is another one from now on; ask it for what the new one will not have."""
        counter = self.counters[window]
        self._look_at_counter(window, counter)
        counter.changes = -1  # the other disk is looked at before anything is written on it
        self.watch.made_anew.add(window)
        if kind is Loss.REBUILT:
            return
        self.set_back.add(window)
        visits = counter.disk.rows("SELECT visit_id, number, admission, outcome FROM visit")
        self.lost_visits += visits
        self.watch.doubted.update(number for _, number, _, _ in visits)
        if kind is Loss.CLONED:
            counter.cloned = True

    def _look_at_counter(self, window: str, counter: Counter) -> None:
        [(incarnation, last_seq, last_hash, acked, cursor, server)] = counter.disk.rows(
            "SELECT incarnation, last_seq, last_hash, acked_seq, cursor, server_incarnation FROM counter_state"
        )
        if incarnation != counter.incarnation:
            counter.incarnation, counter.hashes, counter.acked, counter.cursor = incarnation, [GENESIS], 0, 0
            self.chains[window, incarnation] = counter.hashes
            counter.cloned = False
        if counter.cloned:
            counter.cloned = False
            if last_seq < len(counter.hashes) - 1:
                # A branch of the chain: what it adds is never taken under this life's name.
                counter.hashes = counter.hashes[: last_seq + 1]
            counter.acked, counter.cursor = acked, cursor
        known = len(counter.hashes) - 1
        for seq, wire in counter.disk.rows("SELECT seq, wire FROM operation WHERE seq > ? ORDER BY seq", known):
            operation = from_wire(json.loads(wire))
            require(operation.seq == seq == len(counter.hashes), f"{window}: sequence {seq} out of order")
            require(operation.prev_hash == counter.hashes[-1], f"{window}: the chain breaks at {seq}")
            counter.hashes.append(operation_hash(operation))
            self._signed_anew(window, operation)
            self.watch.committed(window, operation)
        require(last_seq == len(counter.hashes) - 1, f"{window}: a committed operation is gone")
        require(last_hash == counter.hashes[-1], f"{window}: another end of the chain")
        if acked < counter.acked:  # only a restored server lets a window go back, to the newest of what it still had
            require(
                bool(self.begins) and acked >= min(self._kept.get(incarnation, 0), counter.acked) - 1,
                f"{window}: {counter.acked} acknowledged, now {acked}",
            )
        elif acked > counter.acked and server == self._server_life():
            require(acked <= self._server_has(incarnation), f"{window}: {acked} acknowledged, but not held")
        require(counter.cursor <= cursor <= self._head(), f"{window}: the cursor went {counter.cursor} to {cursor}")
        self._look_at_mirror(window, counter, cursor)
        counter.acked, counter.cursor = acked, cursor

    def _signed_anew(self, window: str, operation: Operation) -> None:
        """Note what is told a second time by a later life: the server has it, and lets it be."""
        was = operation.extra.get("former")
        if was is not None:
            before = self.chains.get((window, was["incarnation"]), [])
            if was["hash"] in before[was["seq"] : was["seq"] + 1]:
                self.repeated.add((window, operation.incarnation, operation.seq))

    def _look_at_mirror(self, window: str, counter: Counter, cursor: int) -> None:
        """Every event up to the cursor has reached the mirror."""
        self._look_at_feed()
        for entity, entity_id, rev in self.feed[max(counter.cursor - self.begins, 0) : max(cursor - self.begins, 0)]:
            if entity == "ticket":
                held = counter.disk.rows("SELECT rev FROM ticket WHERE ticket_id = ?", entity_id)
                require(bool(held) and held[0][0] >= rev, f"{window}: an event up to {cursor} was skipped")

    def _look_at_feed(self) -> None:
        for seq, entity, entity_id, rev, data in self._server_says(
            "SELECT seq, entity, entity_id, rev, data FROM feed WHERE seq > ? ORDER BY seq", self.head
        ):
            require(seq == self.head + 1, f"the feed has no event {self.head + 1}")
            self.feed.append((entity, entity_id, rev))
            if entity == "ticket":
                self.watch.changed(entity_id, rev, json.loads(data))
            elif entity == "case":
                require(rev == self._cases.get(entity_id, 0) + 1, f"case {entity_id} jumped to revision {rev}")
                self._cases[entity_id] = rev

    def _look_at_log(self) -> None:
        for row, device, life, seq, hashed, entity, status, reason in self.server.rows(
            f"SELECT {OF_THE_LOG} FROM operation WHERE rowid > ? ORDER BY rowid",
            self._row,
        ):
            self._row = row
            require(seq == self._held[life] + 1, f"{device}: operation {seq} was taken after {self._held[life]}")
            self._held[life] = seq
            hashes = self.chains[device, life]
            require(seq < len(hashes), f"{device}: operation {seq} on the server was never committed")
            require(hashes[seq] == hashed, f"{device}: operation {seq} is another one on the server")
            fits = status == "applied" or (entity, reason) in OVERTAKEN or (status == "postponed" and self.begins)
            # An old copy that was started by mistake gives a number out again before it is noticed; then a person acts.
            fits = fits or (reason in {"duplicate_number", "unknown_ticket"} and device in self.set_back)
            require(bool(fits), f"{device}: operation {seq} is {status}: {reason}")

    def _server_has(self, incarnation: str) -> int:
        found = self._server_says("SELECT last_seq FROM registration WHERE incarnation = ?", incarnation)
        return int(found[0][0]) if found else 0

    def _server_life(self) -> str:
        [(incarnation,)] = self._server_says("SELECT incarnation FROM server")
        return str(incarnation)

    def _head(self) -> int:
        [(head,)] = self._server_says("SELECT head FROM hall")
        return int(head)

    def _server_says(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return rows of the server, which are read again only after something was written there."""
        if self._asked_at != self.server.total_changes:
            self._asked_at, self._asked = self.server.total_changes, {}
        if (query, *values) not in self._asked:
            self._asked[query, *values] = self.server.rows(query, *values)
        return self._asked[query, *values]
