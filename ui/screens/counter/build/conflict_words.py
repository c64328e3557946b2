"""What is told of a conflict: what was said here, why the server did not take it, what stands there, the ways out."""

from typing import Any, Final

from app.domain.case import Case
from app.domain.case_merge import APART, PIECEWISE, fields_of
from app.domain.case_step import steps_of
from app.domain.catalogue.catalogue import Catalogue
from app.domain.conflict import How
from app.domain.record import names, plain
from app.domain.ticket import TicketState
from ui.screens.counter.build import wording
from ui.screens.counter.conflict_tasks import ConflictTask
from ui.texts import text

_MOST_FIELDS: Final = 3

_WAYS = {
    How.TAKE: ("以现有的记录为准", "我记的不算，出过的单据收回作废", "记下"),
    How.REDO: ("在现有的记录上重办", "同上，再打开这个办件来办", "打开"),
    How.MANAGER: ("交给值班经理", "我的单据先留着，由他看", "交给他"),
}
_NO_CASE = ("作废，服务端不收这一件", "单据作废，请收回后重新办", "作废")
_NO_PAPER = ("以现有的记录为准", "我说的留在日志里备查", "记下")
_TICKETS = {
    TicketState.WAITING: "在等候",
    TicketState.RESERVED: "留给 {window} 窗口",
    TicketState.CALLED: "{window} 窗口在叫",
    TicketState.SERVING: "{window} 窗口在办",
    TicketState.HELD: "{window} 窗口挂起",
    TicketState.MISSED: "已过号",
    TicketState.DONE: "{window} 窗口办完了",
    TicketState.LEFT: "在 {window} 窗口离开",
    TicketState.VOID: "已作废",
    TicketState.TRANSFERRING: "转往 {to_window} 窗口",
    TicketState.RETURNED: "退回等候",
}
_FIELDS = {
    "form": "表单",
    "answers": "情形",
    "applicant": "申请人",
    "agent": "代理人",
    "guardian": "监护人",
    "organisation": "单位",
    "doc_no": "文书号",
    "deferred": "容缺",
    "notice": "告知清单",
    "consent": "同意书",
    "clock": "时限",
    "promised_due": "承诺办结日",
    "statutory_due": "法定办结日",
    "refusal": "不予受理理由",
    "decision": "决定",
    "payment": "收费",
    "service": "送达",
    "upward": "上报",
}


def title(task: ConflictTask) -> str:
    """Return the number and what was done: ``A012 开始办理``."""
    return "　".join(filter(None, (number(task), did(task))))


def number(task: ConflictTask) -> str:
    """Return the printed number of what it is about; empty where it has none."""
    payload = task.parked.operation.payload
    return str(payload.get("case_no") or (task.case.case_no if task.case else "") or payload.get("number") or "")


def did(task: ConflictTask) -> str:
    """Return what was done here."""
    return text(f"did_{task.parked.operation.kind.replace('.', '_')}")


def stands(task: ConflictTask, now_ms: int) -> str:
    """Return what the server has instead, and as far as it is known here since when and by whom."""
    if task.ticket is not None:
        ticket = task.ticket
        words = _TICKETS[ticket.state].format(window=ticket.window or "", to_window=ticket.to_window or "")
        called = f"，{_moment(now_ms, ticket.called_ms)} 叫的" if ticket.called_ms else ""
        return f"{words}{called}" + (f"，工号 {ticket.first_clerk}" if ticket.first_clerk else "")
    if task.heard is not None:
        last = steps_of(task.case)[-1] if task.case is not None and task.whole else None
        by = f"，{_moment(now_ms, last.at_ms)} 工号 {last.clerk} 办的" if last is not None else ""
        return f"{text(f'case_{task.heard.value}')}{by}"
    entity = task.parked.operation.entity
    return "服务端没有这一件" if entity in ("case", "ticket") else "服务端没有收这条记录"


def differences(task: ConflictTask, catalogue: Catalogue | None) -> tuple[str, ...]:
    """Return in which fields the two differ, and of materials how: what was said here is not lost."""
    if task.case is None or not task.whole or "form" not in task.parked.operation.payload:
        return ()
    said, there = task.parked.operation.payload, plain(task.case)
    compared = (frozenset(names(Case)) & _FIELDS.keys() | {PIECEWISE}) - APART
    mine, theirs = fields_of(said, compared), fields_of(there, compared)
    different = [name for name in sorted(mine.keys() | theirs.keys()) if mine.get(name) != theirs.get(name)]
    lines = [_difference(catalogue, task.case, name, mine.get(name), theirs.get(name)) for name in different]
    rest = (f"另有 {len(lines) - _MOST_FIELDS} 处不同",) if len(lines) > _MOST_FIELDS else ()
    return (*lines[:_MOST_FIELDS], *rest)


def _difference(catalogue: Catalogue | None, case: Case, name: str, mine: Any, theirs: Any) -> str:
    if not name.startswith(f"{PIECEWISE}/"):
        return f"{_FIELDS[name]}与您记的不同"
    material = name.partition("/")[2]
    item = catalogue.items.get(case.item_id) if catalogue else None
    known = {each.id: each.name for each in item.materials} if item is not None else {}
    return f"{known.get(material, material)}：您记“{_verdict(mine)}”，现在“{_verdict(theirs)}”"


def _verdict(said: Any) -> str:
    value = said.get("verdict") if isinstance(said, dict) else None
    return text(f"verdict_{value}") if value else "没核对"


def way(task: ConflictTask, how: How) -> tuple[str, str, str]:
    """Return title, consequence and verb of a way out."""
    if how is How.TAKE and task.case is not None and task.heard is None:
        return _NO_CASE
    return _NO_PAPER if how is How.TAKE and task.case is None else _WAYS[how]


def said_here(task: ConflictTask, clerk: str, now_ms: int) -> str:
    """Return when it was done here and by whom; ``clerk`` is the number of who reads it."""
    operation = task.parked.operation
    mine = operation.actor.clerk == clerk
    who = "您" if mine else f"工号 {operation.actor.clerk}"
    return f"{_moment(now_ms, operation.wall_ms)} {who}办的"


def why(task: ConflictTask) -> str:
    """Return why the server did not take it."""
    return text(f"why_{task.parked.reason}")


def _moment(now_ms: int, at_ms: int) -> str:
    """Return the time of day; of another day the date with it."""
    today = wording.local_time(at_ms).date() == wording.local_time(now_ms).date()
    return wording.clock(at_ms) if today else wording.moment(at_ms)
