"""Watches both ends from outside, after every event: what was promised, in plain SQL behind the programs' backs."""

import json
from dataclasses import dataclass, field

from app.domain.operation import GENESIS, from_wire, operation_hash
from hall_in_a_box.disk import Disk
from hall_in_a_box.ticket_watch import TicketWatch
from hall_in_a_box.timeline import require

OVERTAKEN = {
    (entity, reason) for entity in ("ticket", "contact") for reason in ("taken_elsewhere", "illegal_transition")
}
"""Why an operation may wait for a person: the citizen came to a window although another one had called them."""


@dataclass
class Counter:
    """What was seen of one window: its operations by sequence as hashes, and how far everything got."""

    disk: Disk
    hashes: list[str] = field(default_factory=lambda: [GENESIS])
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
        self._held: dict[str, int] = dict.fromkeys(counters, 0)
        self._row = 0
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
        """Hear the loudspeaker."""
        self.watch.announced(window, number)

    def _look_at_counter(self, window: str, counter: Counter) -> None:
        [(last_seq, last_hash, acked, cursor)] = counter.disk.rows(
            "SELECT last_seq, last_hash, acked_seq, cursor FROM counter_state"
        )
        known = len(counter.hashes) - 1
        for seq, wire in counter.disk.rows("SELECT seq, wire FROM operation WHERE seq > ? ORDER BY seq", known):
            operation = from_wire(json.loads(wire))
            require(operation.seq == seq == len(counter.hashes), f"{window}: sequence {seq} out of order")
            require(operation.prev_hash == counter.hashes[-1], f"{window}: the chain breaks at {seq}")
            counter.hashes.append(operation_hash(operation))
            self.watch.committed(window, operation)
        require(last_seq == len(counter.hashes) - 1, f"{window}: a committed operation is gone")
        require(last_hash == counter.hashes[-1], f"{window}: another end of the chain")
        require(counter.acked <= acked <= self._server_has(window), f"{window}: {acked} acknowledged, but not held")
        require(counter.cursor <= cursor <= self._head(), f"{window}: the cursor went {counter.cursor} to {cursor}")
        self._look_at_mirror(window, counter, cursor)
        counter.acked, counter.cursor = acked, cursor

    def _look_at_mirror(self, window: str, counter: Counter, cursor: int) -> None:
        """Every event up to the cursor has reached the mirror."""
        self._look_at_feed()
        for entity, entity_id, rev in self.feed[counter.cursor : cursor]:
            if entity == "ticket":
                held = counter.disk.rows("SELECT rev FROM ticket WHERE ticket_id = ?", entity_id)
                require(bool(held) and held[0][0] >= rev, f"{window}: an event up to {cursor} was skipped")

    def _look_at_feed(self) -> None:
        for seq, entity, entity_id, rev, data in self.server.rows(
            "SELECT seq, entity, entity_id, rev, data FROM feed WHERE seq > ? ORDER BY seq", len(self.feed)
        ):
            require(seq == len(self.feed) + 1, f"the feed has no event {len(self.feed) + 1}")
            self.feed.append((entity, entity_id, rev))
            if entity == "ticket":
                self.watch.changed(entity_id, rev, json.loads(data))
            elif entity == "case":
                require(rev == self._cases.get(entity_id, 0) + 1, f"case {entity_id} jumped to revision {rev}")
                self._cases[entity_id] = rev

    def _look_at_log(self) -> None:
        for row, device, seq, hashed, entity, status, reason in self.server.rows(
            "SELECT rowid, device, seq, hash, entity, status, reason FROM operation WHERE rowid > ? ORDER BY rowid",
            self._row,
        ):
            self._row = row
            require(seq == self._held[device] + 1, f"{device}: operation {seq} was taken after {self._held[device]}")
            self._held[device] = seq
            hashes = self.counters[device].hashes
            require(seq < len(hashes), f"{device}: operation {seq} on the server was never committed")
            require(hashes[seq] == hashed, f"{device}: operation {seq} is another one on the server")
            require(
                status == "applied" or (entity, reason) in OVERTAKEN, f"{device}: operation {seq} is {status}: {reason}"
            )

    def _server_has(self, window: str) -> int:
        found = self.server.rows("SELECT last_seq FROM registration WHERE device = ?", window)
        return int(found[0][0]) if found else 0

    def _head(self) -> int:
        [(head,)] = self.server.rows("SELECT head FROM hall")
        return int(head)
