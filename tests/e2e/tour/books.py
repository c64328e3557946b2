"""The two stores read by plain SQL that knows nothing of the product: what the counter did, the server holds once."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3
from hands import until

Row = tuple[Any, ...]


class Books:
    """The counter's encrypted database and the server's, side by side."""

    def __init__(self, data: Path) -> None:
        self._counter = data / "counter" / "counter.db"
        self._key = (data / "counter" / "counter.key").read_text(encoding="ascii").strip()[:64]
        self._server = data / "server" / "server.db"

    def counter_outbox(self) -> int:
        """How many operations wait for the server."""
        return int(self._ask_counter("SELECT last_seq - acked_seq FROM counter_state")[0][0])

    def server_operations(self) -> list[Row]:
        """What the server holds of this counter, by sequence."""
        return self._ask_server(
            "SELECT seq, kind, entity_id, hash FROM operation WHERE device = ? ORDER BY seq", (self._device(),)
        )

    def draft_holds(self, text: str) -> bool:
        """Whether the journal of the open page holds a text."""
        return any(text in row[0] for row in self._ask_counter("SELECT card FROM draft"))

    def compare_soon(self) -> None:
        """Wait until the outbox is empty, then compare."""
        until(lambda: self.counter_outbox() == 0, 20.0, "the outbox did not empty")
        self.compare()

    def compare(self) -> None:
        """Every operation once on both sides; every case with the same number, dates and state."""
        ours = [
            (wire["seq"], wire["kind"], wire["entity_id"], _hash(wire))
            for wire in (json.loads(row[0]) for row in self._ask_counter("SELECT wire FROM operation ORDER BY seq"))
        ]
        theirs = self.server_operations()
        assert ours == theirs, f"{len(ours)} operations here, {len(theirs)} there"
        columns = "case_id, case_no, item_id, state, promised_due, statutory_due, doc_no"
        here = self._ask_counter(f"SELECT {columns} FROM case_record ORDER BY case_no")
        there = self._ask_server(f"SELECT {columns} FROM service_case ORDER BY case_no")
        assert here == there, f"{len(here)} cases here, {len(there)} there"
        numbers = [row[1] for row in here]
        assert len(set(numbers)) == len(numbers), "a case number was given twice"

    def _device(self) -> str:
        return str(self._ask_counter("SELECT device FROM counter_state")[0][0])

    def _ask_counter(self, question: str) -> list[Row]:
        with closing(sqlcipher3.connect(f"file:{self._counter}?mode=ro", uri=True)) as connection:
            connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
            return [tuple(row) for row in connection.execute(question)]

    def _ask_server(self, question: str, values: Row = ()) -> list[Row]:
        with closing(sqlite3.connect(f"file:{self._server}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()


def _hash(wire: dict[str, Any]) -> str:
    """The operation's hash by the words of the specification: sorted keys, no blanks, all but the signature."""
    body = {key: value for key, value in wire.items() if key != "signature"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
