"""F7: where a number is, in one line."""

from app.domain.ticket import TicketState
from sync.client.floor import Found
from sync.protocol.floor_messages import FloorState, FloorTicket
from ui.screens.floor.build.top import clock
from ui.screens.floor.typed import ticket_typed

_STATES = {
    TicketState.WAITING: "在等候",
    TicketState.RESERVED: "在等候，留给 {window}",
    TicketState.CALLED: "正在 {window} 呼叫",
    TicketState.SERVING: "正在 {window} 办理",
    TicketState.HELD: "挂在 {window}",
    TicketState.MISSED: "过号了",
    TicketState.DONE: "在 {window} 办完了",
    TicketState.LEFT: "在 {window} 离开了",
    TicketState.VOID: "已经作废",
    TicketState.TRANSFERRING: "转往 {to_window}",
    TicketState.RETURNED: "退回 {to_window}",
}


def found_words(floor: FloorState, typed: str, found: Found | None, *, asked: str) -> str:
    """Return what is known of the number that is typed; ``asked`` is the one Enter last looked for."""
    number = ticket_typed(typed)
    if found is not None and found.number == number:
        return _told(floor, found.ticket) if found.ticket is not None else f"今天没有 {number} 这个号"
    return f"正在找 {number}" if asked == number else ""


def _told(floor: FloorState, ticket: FloorTicket) -> str:
    names = {each.code: each.name for each in floor.queues}
    place = _STATES[TicketState(ticket.state)].format(window=ticket.window, to_window=ticket.to_window)
    priorities = {each.code: each.name for each in floor.priorities}
    parts = [
        names.get(ticket.business, "随到办理"),
        place,
        f"{clock(ticket.issued_ms)} 取号",
        f"{clock(ticket.called_ms)} 叫号" if ticket.called_ms is not None else "",
        f"{priorities.get(ticket.priority, ticket.priority)}优先" if ticket.priority else "",
        f"首问 {ticket.first_clerk} 号" if ticket.first_clerk else "",
    ]
    return " · ".join(filter(None, parts))
