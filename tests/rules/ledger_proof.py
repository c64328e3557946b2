"""What every ledger must have, in SQL of the tests' own, and the ledgers over HTTP as a spreadsheet reads them."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from month_of_cases import FIRST, LAST, Month, sql
from openpyxl import load_workbook

MONTH = {"first": FIRST.isoformat(), "last": LAST.isoformat()}
BASE = "/v1/halls/9901/ledgers"
SIGNED = "FROM signed s JOIN srv.operation o ON o.hash = s.hash AND o.status = 'applied' WHERE "
KIND = "SELECT count(*), NULL " + SIGNED + "s.kind IN ({kinds})"
CLOSES = "((s.wall_ms + 28800000) / 86400000 * 86400000 - 28800000 + 17 * 3600000)"
OWN_SQL = {
    "first_contact": KIND.format(kinds="'contact.registered'"),
    "receipt": KIND.format(kinds="'case.received'"),
    "acceptance": (
        "SELECT count(*), NULL FROM (SELECT s.window, s.wall_ms, s.payload "
        + SIGNED
        + "s.kind IN ('case.accepted', 'case.accepted_inside', 'case.completed') UNION ALL SELECT c.window, e.at_ms,"
        " json_object('item_id', c.item_id, 'department', c.department) FROM srv.case_event e"
        " JOIN srv.service_case c USING (case_id) WHERE e.kind = 'deemed_accepted') s WHERE 1"
    ),
    "supplement": KIND.format(kinds="'case.noticed', 'case.noticed_inside', 'notice.issued'"),
    "negative": KIND.format(kinds="'case.refused', 'case.refused_inside', 'case.withdrawn', 'case.denied'"),
    "completion": KIND.format(kinds="'case.completed', 'case.granted', 'case.denied'"),
    "upward": KIND.format(kinds="'case.reported', 'case.upward_returned'"),
    "agency": "SELECT count(DISTINCT s.entity_id), NULL "
    + SIGNED
    + "json_extract(s.payload, '$.agent.name') IS NOT NULL",
    "extension": (
        "SELECT count(*) + (SELECT count(*) FROM signed WHERE kind = 'case.extended'),"
        " sum((s.wall_ms - max(t.called_ms, " + CLOSES + ") + 59999) / 60000)"
        " FROM signed s JOIN srv.ticket t ON t.ticket_id = s.entity_id"
        " WHERE s.kind = 'ticket.finished' AND s.wall_ms > " + CLOSES
    ),
    "suspension": (
        "SELECT count(*) + (SELECT count(*) FROM signed WHERE kind = 'case.suspended'),"
        " sum((json_extract(s.payload, '$.ended_ms') - json_extract(s.payload, '$.since_ms') + 59999)"
        " / 60000) " + SIGNED + "s.kind = 'window.resumed'"
    ),
    "handover": "SELECT count(*), sum(json_array_length(s.payload, '$.entries')) "
    + SIGNED
    + "s.kind = 'shift.handed_over'",
    "fee": "SELECT count(*), sum(json_extract(s.payload, '$.payment.fen')) " + SIGNED + "s.kind = 'case.fee_taken'",
    "complaint": KIND.format(kinds="'complaint.registered'"),
    "bad_rating": "SELECT count(*), NULL FROM srv.rating s WHERE s.grade <= 2",
    "ratings": "SELECT count(*), NULL FROM srv.rating s WHERE s.grade > 0",
    "tickets": "SELECT count(*), NULL FROM srv.ticket s WHERE 1",
}
"""What every ledger must have, said without the product: over what was signed and over the server's own rows."""


@dataclass
class Proof:
    """The month with its HTTP."""

    month: Month
    client: Any

    def ask(self, path: str = "", who: str = "supervisor", **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.month.tokens[who]}"}
        return self.client.get(BASE + path, params=query, headers={**headers, **query.pop("headers", {})})

    def figures(self, **query: Any) -> dict[str, Any]:
        return {each["ledger"]: each for each in self.ask(**(MONTH | query)).json()["figures"]}

    def table(self, name: str, form: str, **query: Any) -> list[list[Any]]:
        """Return header, rows and totals of a file, as a spreadsheet reads them."""
        content = self.ask(f"/{name}.{form}", **(MONTH | query)).content
        if form == "csv":
            assert content.startswith(b"\xef\xbb\xbf")
            return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        sheet = load_workbook(io.BytesIO(content), read_only=True).active
        return [list(row) for row in sheet.iter_rows(values_only=True)]


def body(table: list[list[Any]]) -> tuple[list[Any], list[list[Any]], list[Any]]:
    """Return heads, rows and totals of a file."""
    begins = next(n for n, row in enumerate(table) if not any(row)) + 1
    return table[begins], table[begins + 1 : -1], table[-1]


def amount_of(heads: list[Any], rows: list[list[Any]]) -> int | None:
    at = next((n for n, head in enumerate(heads) if head in ("分钟", "件数")), None)
    return None if at is None else sum(int(row[at]) for row in rows if row[at] not in (None, ""))


def own(month: Month, name: str) -> tuple[int, int | None]:
    count, amount = sql(month, OWN_SQL[name])[0]
    return count, amount


def shown(line: list[str]) -> tuple[int, int | None]:
    """Return rows and amount as they stand in a line of the window: ``69 行 · 1030 分钟``."""
    rows, _, amount = line[1].partition(" · ")
    return int(rows.removesuffix(" 行")), int(amount.split(" ")[0]) if amount else None
