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

    def case(self, number: str) -> dict[str, Any]:
        """The counter's case with this number; what it keeps as JSON is read."""
        return self._row("case_record", "case_no", number)

    def last_case(self) -> dict[str, Any]:
        """The case that was decided last at this counter."""
        return self._row("case_record", "case_id", self.last_operation("case")["entity_id"])

    def first_case_no(self) -> str:
        """The number of the first case that was taken in here."""
        return str(self._ask_counter("SELECT min(case_no) FROM case_record")[0][0])

    def count(self, table: str, where: str) -> int:
        """How many rows of a table of the counter's are so."""
        return int(self._ask_counter(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def last_operation(self, begins: str) -> dict[str, Any]:
        """The newest operation whose kind begins so, as it goes to the server, and ``wall_ms`` of its commit."""
        rows = self._ask_counter("SELECT wall_ms, wire FROM operation ORDER BY seq DESC LIMIT 20")
        found = ({**json.loads(wire), "wall_ms": wall_ms} for wall_ms, wire in rows)
        return next(each for each in found if str(each["kind"]).startswith(begins))

    def server_heard(self, entity_id: str, kind: str) -> int:
        """When the server took this operation, UTC milliseconds."""
        rows = self._ask_server(
            "SELECT received_ms FROM operation WHERE entity_id = ? AND kind = ? ORDER BY seq DESC", (entity_id, kind)
        )
        return int(rows[0][0])

    def catalogue(self) -> dict[str, Any]:
        """What is published, as this counter has it."""
        return json.loads(self._ask_counter("SELECT document FROM catalogue ORDER BY version DESC LIMIT 1")[0][0])

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
        number = self._ask_counter("SELECT counter FROM counter_state")[0]
        there = self._ask_server(f"SELECT {columns} FROM service_case WHERE counter = ? ORDER BY case_no", number)
        assert here == there, f"{len(here)} cases here, {len(there)} there"
        numbers = [row[1] for row in here]
        assert len(set(numbers)) == len(numbers), "a case number was given twice"

    def _row(self, table: str, column: str, value: str) -> dict[str, Any]:
        names = [each[1] for each in self._ask_counter(f"PRAGMA table_info({table})")]
        wanted = f"SELECT {', '.join(names)} FROM {table} WHERE {column} = '{value}'"
        (row,) = self._ask_counter(wanted)
        return {name: _read(each) for name, each in zip(names, row, strict=True)}

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


def _read(value: Any) -> Any:
    """JSON columns are objects or lists; every other text is itself."""
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value
