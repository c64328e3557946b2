"""Columns of what became of a case: what a negative end gave back and who signed off (I04), what was paid (I19)."""

from sync.server.service.ledgers.columns import Cell, Column, ColumnKind, Facts, joined, said


def _remedy(facts: Facts) -> Cell:
    return joined(facts, ("given", "remedy"), ("decision", "review_org"), ("decision", "court"))


def _reviewer(facts: Facts) -> Cell:
    """Who signed off: the department's reviewer; a window's own refusal is copied to the floor manager (flows.md 6)."""
    signed = joined(facts, ("given", "reviewer"), ("decision", "by"))
    return signed or ("抄送值班经理" if facts.row.kind == "case.refused" else "")


GIVEN = (
    Column("退还材料", said("given", "returned"), of_case=True),
    Column("救济途径", _remedy, of_case=True),
    Column("复核", _reviewer),
)
FEE = (
    Column("票据号", said("payment", "receipt_no"), 14, of_case=True),
    Column("实收（分）", lambda facts: facts.row.amount, 10, ColumnKind.AMOUNT),
    Column("减免规则", said("payment", "waiver"), 10, of_case=True),
    Column("减免证明", said("payment", "proof"), of_case=True),
    Column("第二人", said("payment", "second"), 8, of_case=True),
)
