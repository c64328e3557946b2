"""What is promised of reserved numbers, by their epochs, and what a small hall must come to in the end."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.ticket import TicketState
from app.domain.visit import CAME_TO_NOTHING
from app.storage.replica import CounterReplica
from hall_in_a_box.disk import Disk
from hall_in_a_box.timeline import require


@dataclass(frozen=True)
class Fence:
    """What the manager saw at a window: up to which reservation, and which numbers it had called."""

    window: str
    epoch: int
    called: tuple[str, ...]


class BlockWatch:
    """A reservation ends by its own window's word, about this very reservation, or by a fence that saw it."""

    def __init__(self, server: Disk, counters: Mapping[str, Disk]) -> None:
        self._server = server
        self._counters = counters
        self._fences: list[Fence] = []
        self._rows: dict[str, dict[str, Any]] = {}
        self._seq = 0
        self.ended: Counter[str] = Counter()

    def said(self, fence: Fence) -> None:
        """Hear of a fence before it is given."""
        self._fences.append(fence)

    def called_of(self, window: str, held: Sequence[tuple[str, int]]) -> list[str]:
        """Return which numbers of a block, each with its reservation, the window called or served by their paper.

        Of whoever it called it must have kept the operation that tells.
        """
        log = self._log(window)
        had = {(each["kind"], each["payload"].get("number"), each["payload"].get("epoch")) for each in log}
        told = {number for kind, number, _ in had if kind == "ticket.called"}
        for (number,) in self._counters[window].rows("SELECT number FROM visit WHERE admission = 'called'"):
            require(number in told, f"{number} was called to {window}, and no operation tells of it")
        ways = {
            number: {("ticket.called", number, epoch), ("ticket.presented", number, None)} for number, epoch in held
        }
        return [number for number, ways_of_it in ways.items() if ways_of_it & had]

    def announced(self, number: str) -> None:
        """Hear the loudspeaker: who was called to a window and served there is not called again."""
        for window, disk in self._counters.items():
            had = "SELECT outcome FROM visit WHERE number = ? AND admission = 'called' AND served_ms IS NOT NULL"
            for (outcome,) in disk.rows(had, number):
                require(outcome in CAME_TO_NOTHING, f"{number} was called to {window} and served, and called again")

    def look(self) -> None:
        """Look at what the feed tells since the last look."""
        query = "SELECT seq, entity_id, data FROM feed WHERE seq > ? AND entity = 'ticket' ORDER BY seq"
        for seq, ticket_id, data in self._server.rows(query, self._seq):
            self._seq = seq
            before, after = self._rows.get(ticket_id), json.loads(data)
            self._rows[ticket_id] = after
            if before is not None and before["state"] == TicketState.RESERVED:
                self._left(ticket_id, before, TicketState(after["state"]))

    def _left(self, ticket_id: str, before: Mapping[str, Any], state: TicketState) -> None:
        number, window, epoch = before["number"], before["window"], before["epoch"]
        if state is TicketState.WAITING:
            by = "release" if self._released(window, ticket_id, epoch) else self._fenced(window, number, epoch)
            require(by is not None, f"reservation {epoch} of {number} at {window} ended, and nobody said so")
            self.ended[by or ""] += 1

    def _released(self, window: str, ticket_id: str, epoch: int) -> bool:
        return any(
            (said["kind"], said["entity_id"], said["payload"]["epoch"]) == ("ticket.released", ticket_id, epoch)
            for said in self._log(window)
            if said["kind"] == "ticket.released"
        )

    def _fenced(self, window: str, number: str, epoch: int) -> str | None:
        seen = (each for each in self._fences if each.window == window and each.epoch >= epoch)
        return "fence" if any(number not in each.called for each in seen) else None

    def _log(self, window: str) -> list[dict[str, Any]]:
        return [json.loads(text) for (text,) in self._counters[window].rows("SELECT wire FROM operation ORDER BY seq")]

    def reckon(self, replicas: Sequence[CounterReplica], digest: Any, place: Mapping[str, str]) -> None:
        """Look a last time: all is told, both ends have the same, and everybody went home once."""
        expected = digest.cursor, {name: (each.count, each.hash) for name, each in digest.tables.items()}
        for window, replica in zip(self._counters, replicas, strict=True):
            require(replica.outbox()[1] == 0, f"{window}: the outbox is not empty")
            require(replica.digest(digest.since, digest.kept_from) == expected, f"{window}: the mirror differs")
            held = self._server.rows("SELECT seq, hash FROM operation WHERE device = ? ORDER BY seq", window)
            require(
                [seq for seq, _ in held] == [each["seq"] for each in self._log(window)], f"{window}: the logs differ"
            )
        outcomes: Counter[str] = Counter()
        for disk in self._counters.values():
            for number, outcome in disk.rows("SELECT number, outcome FROM visit"):
                outcomes[number] += outcome not in CAME_TO_NOTHING
        for number, where in place.items():
            require(where == "home", f"{number} is still {where or 'in the hall'}")
            require(outcomes[number] <= 1, f"{number} was served {outcomes[number]} times")
        for row in self._rows.values():
            require(row["state"] != TicketState.RESERVED, f"{row['number']} is kept for {row['window']} for ever")
