"""What every ledger is: its name, the rule it counts by, the kinds of rows that count, and its columns.

The rule is said once, here; docs/ledgers.md and the page of the window show these very words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.first_contact import ACTIONS, ContactAction
from app.domain.ledgers import DEEMED, OVERTIME, LedgerName
from app.domain.rating import Grade
from app.domain.ticket import TicketState
from sync.server.service.ledgers.case_columns import FEE, GIVEN
from sync.server.service.ledgers.columns import (
    AGENT,
    AGENT_NUMBER,
    APPLICANT,
    APPLICANT_NUMBER,
    CALLED,
    CLERK,
    CLOSED,
    COMMENT,
    DEPARTMENT,
    DOCUMENT,
    ITEM,
    KIND,
    LEFT,
    LIGHT,
    MINUTES,
    NUMBER,
    PIECES,
    PROMISED,
    SERVED,
    STATE,
    STATUTORY,
    WAITED,
    WHEN,
    WINDOW,
    Cell,
    Column,
    ColumnKind,
    Facts,
    code_word,
    joined,
    said,
    said_text,
)
from sync.server.storage.ledger_sources import Source

TICKETS = "tickets"
RATINGS = "ratings"
RECENT = "recent"
"""A kind of numbers: those given out within the last five minutes."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """``kinds`` maps every kind of row that counts to its word; ``groups`` names several kinds that are asked together.

    ``unit`` is what the amounts of its rows are, empty where rows alone are counted.
    """

    name: str
    title: str
    rule: str
    columns: tuple[Column, ...]
    kinds: Mapping[str, str]
    source: Source = Source.ENTRIES
    unit: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _action(facts: Facts) -> Cell:
    code = said_text(facts, "action")
    return ACTIONS[ContactAction(code)] if code in list(ContactAction) else ""


def _told(facts: Facts) -> Cell:
    return joined(
        facts,
        ("refusal", "fact"),
        ("refusal", "decision"),
        ("refusal", "guide"),
        ("withdrawal", "told"),
        ("decision", "unmet"),
        ("decision", "facts"),
    )


def _basis(facts: Facts) -> Cell:
    paths = (("refusal", "clause"), ("refusal", "own_basis"), ("withdrawal", "basis"), ("decision", "basis"))
    return joined(facts, *paths)


_TAKEN = (WHEN, KIND, NUMBER, ITEM, APPLICANT, WINDOW, CLERK, STATE)
_MORE = (DEPARTMENT, APPLICANT_NUMBER, DOCUMENT)
_TOLD = Column("告知内容", _told, of_case=True)
_ORGAN = Column("上级机关", said("upward", "organ"), of_case=True)
_BASIS = Column("依据", _basis, of_case=True)
_GRADES = {
    Grade.VERY_SATISFIED: "非常满意",
    Grade.SATISFIED: "满意",
    Grade.FAIRLY_SATISFIED: "基本满意",
    Grade.DISSATISFIED: "不满意",
    Grade.VERY_DISSATISFIED: "非常不满意",
}
_BAD = (Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)
_RATING = (WHEN, replace(KIND, head="等级"), WINDOW, CLERK, DEPARTMENT, COMMENT)
_STATES = {
    TicketState.WAITING: "等候",
    TicketState.RESERVED: "窗口留号",
    TicketState.CALLED: "呼叫中",
    TicketState.SERVING: "办理中",
    TicketState.HELD: "挂起",
    TicketState.MISSED: "过号",
    TicketState.DONE: "办完",
    TicketState.LEFT: "离开",
    TicketState.VOID: "作废",
    TicketState.TRANSFERRING: "转窗中",
    TicketState.RETURNED: "已退回",
}

_ALL = (
    Ledger(
        LedgerName.FIRST_CONTACT,
        "咨询首问",
        "首问登记单（SL-02）每出一张记一行，按登记时间；首问人不因转办改变。当场答复的不登记，不计。",
        (
            WHEN,
            NUMBER,
            Column("事由", said("topic"), 22, of_case=True),
            Column("处理", _action, 18),
            Column("承接人", said("owner"), 12),
            Column("答复期限", said("due"), 10, ColumnKind.DAY),
            CLERK,
            WINDOW,
            DEPARTMENT,
        ),
        {"contact.registered": "首问登记"},
    ),
    Ledger(
        LedgerName.RECEIPT,
        "收件",
        "收件凭证（SL-04）每出一张记一行：材料收下、尚未受理。当场受理的记入受理台账，不重复记。",
        (*_TAKEN, *_MORE, Column("告知期限", said("notice_due"), kind=ColumnKind.DAY)),
        {"case.received": "收件"},
    ),
    Ledger(
        LedgerName.ACCEPTANCE,
        "受理",
        "每受理一件记一行：窗口受理、部门受理窗口收下的、当场办结的受理、五个工作日没有答复的视为受理。",
        (*_TAKEN, *_MORE, PROMISED, STATUTORY, LIGHT, LEFT),
        {
            "case.accepted": "受理",
            "case.accepted_inside": "部门受理",
            "case.completed": "当场办结",
            DEEMED: "视为受理",
        },
    ),
    Ledger(
        LedgerName.SUPPLEMENT,
        "补正（一次性告知）",
        "一次性告知单（SL-03）和补正材料告知书（SL-06）每出一份记一行；同一件再次补正再记一行。",
        (*_TAKEN, *_MORE),
        {"notice.issued": "一次性告知", "case.noticed": "补正告知", "case.noticed_inside": "部门补正告知"},
    ),
    Ledger(
        LedgerName.NEGATIVE,
        "退件与不予受理",
        "每件以否定结果结束的记一行：不予受理（含依法不需要许可、不属职权）、申请人撤回或逾期未补退件、不予许可；"
        "行内是告知群众的原话。",
        (*_TAKEN, *_MORE, _BASIS, _TOLD, *GIVEN, Column("退件单号", said("withdrawal", "no"))),
        {
            "case.refused": "不予受理",
            "case.refused_inside": "部门不予受理",
            "case.withdrawn": "退件",
            "case.returned": "逾期退件",
            "case.denied": "不予许可",
        },
        groups={"refused": ("case.refused", "case.refused_inside")},
    ),
    Ledger(
        LedgerName.COMPLETION,
        "办结",
        "每办结一件记一行：即办件当场办结，承诺件作出准予或不予的决定。领取和送达不另记。",
        (*_TAKEN, *_MORE),
        {"case.completed": "当场办结", "case.granted": "准予许可", "case.denied": "不予许可"},
    ),
    Ledger(
        LedgerName.UPWARD,
        "上报",
        "上报件报出时记一行，上级结果回传时再记一行；中间的联系记录不计。",
        (*_TAKEN, *_MORE, _ORGAN),
        {"case.reported": "上报", "case.upward_returned": "上级结果回传"},
    ),
    Ledger(
        LedgerName.AGENCY,
        "代办",
        "由代理人代为申请的办件，从窗口收下材料起记一行；每件只记一次。",
        (WHEN, KIND, NUMBER, ITEM, AGENT, APPLICANT, WINDOW, STATE, CLERK, *_MORE, AGENT_NUMBER),
        {
            "case.received": "收件",
            "case.accepted": "受理",
            "case.completed": "当场办结",
            "case.noticed": "补正告知",
            "case.refused": "不予受理",
        },
    ),
    Ledger(
        LedgerName.EXTENSION,
        "延时",
        "下班后仍在办理的每位群众记一行，分钟从下班时间（或叫号时间，取较晚者）算到离开；批准延长办理期限的每件另记一行，不计分钟。",
        (WHEN, KIND, NUMBER, ITEM, MINUTES, WINDOW, CLERK, DEPARTMENT),
        {OVERTIME: "延时服务", "case.extended": "延长办理期限"},
        unit="分钟",
    ),
    Ledger(
        LedgerName.SUSPENSION,
        "暂停",
        "每次挂出暂停办理告示牌记一行，恢复以后记损失的分钟；特别程序停止计时的每件另记一行，不计分钟。",
        (
            WHEN,
            KIND,
            Column("原因", code_word("pause", "reason"), 18),
            NUMBER,
            ITEM,
            MINUTES,
            WINDOW,
            CLERK,
            DEPARTMENT,
        ),
        {"window.paused": "暂停办理", "case.suspended": "特别程序"},
        unit="分钟",
    ),
    Ledger(
        LedgerName.COMPLAINT,
        "投诉",
        "每登记一件投诉（SL-15）记一行；不记投诉人、内容和涉及的窗口，窗口是登记的窗口。",
        (WHEN, NUMBER, Column("最迟答复", said("reply_due"), 12), WINDOW, CLERK, DEPARTMENT),
        {"complaint.registered": "投诉"},
    ),
    Ledger(
        LedgerName.BAD_RATING,
        "差评",
        "评价为不满意、非常不满意的每次服务记一行；不记评价人，也不显示办件。",
        _RATING,
        {str(int(each)): _GRADES[each] for each in _BAD},
        source=Source.RATINGS,
    ),
    Ledger(
        LedgerName.HANDOVER,
        "交接",
        "窗口交班单（SL-14）每出一张记一行，件数是单上移交的事项数。",
        (WHEN, NUMBER, Column("接班人", said("to"), 12), PIECES, WINDOW, CLERK, DEPARTMENT),
        {"shift.handed_over": "交班"},
        unit="项",
    ),
    Ledger(
        LedgerName.FEE,
        "收费",
        "每收一笔费记一行，金额是票据上的实收数，单位是分；减免的写明规则、证明和第二人。",
        (
            WHEN,
            NUMBER,
            ITEM,
            *FEE,
            WINDOW,
            CLERK,
            DEPARTMENT,
        ),
        {"case.fee_taken": "收费"},
        unit="分",
    ),
    Ledger(
        TICKETS,
        "取号",
        "当天取的号每个记一行，随到随办的号也算；按现在的状态分。",
        (
            replace(WHEN, head="取号"),
            replace(NUMBER, wide=10),
            replace(ITEM, head="类别", wide=14),
            replace(KIND, head="状态", wide=10),
            replace(WINDOW, wide=8),
            CALLED,
            CLOSED,
            WAITED,
            SERVED,
        ),
        {each.value: word for each, word in _STATES.items()},
        source=Source.TICKETS,
        groups={"was_called": ("was_called",), "was_closed": ("was_closed",), RECENT: ()},
    ),
    Ledger(
        RATINGS,
        "评价",
        "群众给出的每次评价记一行；没有评价的不算满意。好评是基本满意及以上。",
        _RATING,
        {str(int(each)): word for each, word in _GRADES.items()},
        source=Source.RATINGS,
        groups={"pleased": tuple(str(int(each)) for each in Grade if each >= Grade.FAIRLY_SATISFIED)},
    ),
)

LEDGERS: Mapping[str, Ledger] = {str(each.name): each for each in _ALL}
"""Every ledger by its name: first those of rule I45 in its order, then what the figures of the day are made of."""
