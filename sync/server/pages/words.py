"""How pages say days, moments and the states of a case in Chinese."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.business_day import CHINA
from app.domain.case import CaseState
from app.domain.deadline import Light
from app.domain.rating import Grade

_WEEK = "一二三四五六日"

GRADES = {
    Grade.VERY_SATISFIED: "非常满意",
    Grade.SATISFIED: "满意",
    Grade.FAIRLY_SATISFIED: "基本满意",
    Grade.DISSATISFIED: "不满意",
    Grade.VERY_DISSATISFIED: "非常不满意",
}

LIGHTS = {
    Light.GREEN: "进度正常",
    Light.BLUE: "进度正常",
    Light.YELLOW: "快到承诺的日子了",
    Light.RED: "已经过了承诺的日子",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words: where it stands on the way (None: off the way), what the citizen does now, and why."""

    name: str
    step: int | None
    now: str
    why: str
    yours: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the way, as it is called before and after."""

    ahead: str
    done: str


STEPS = (Step("受理", "已受理"), Step("审核", "已审核"), Step("作出决定", "已作出决定"), Step("领取结果", "已领取"))
"""The way of a case that is granted."""

_NOTHING = "现在不用您做什么"
_OFF_WAY = Standing("办理中", 1, _NOTHING, "有疑问请打窗口电话")
_STANDINGS = {
    CaseState.RECEIVED: Standing("已收件", 0, _NOTHING, "窗口正在看材料，受不受理会告诉您"),
    CaseState.SUPPLEMENT_NOTICED: Standing(
        "等您补材料", 0, "请把材料补齐", "照告知书上的清单补齐，带来原窗口，优先办理", yours=True
    ),
    CaseState.ACCEPTED: Standing("已受理", 0, _NOTHING, "接下来由审批人员审核"),
    CaseState.REVIEWING: Standing("正在审核", 1, _NOTHING, "审核完就作出决定"),
    CaseState.SUSPENDED: Standing("依法暂停计时", 1, _NOTHING, "检验、检测、鉴定等所需时间不计入期限"),
    CaseState.GRANTED: Standing("已作出决定", 2, _NOTHING, "正在制作证件"),
    CaseState.DENIED: Standing("已作出决定", 2, "请到窗口领取决定书", "决定书上写明理由和救济途径", yours=True),
    CaseState.AWAITING_PICKUP: Standing("可以领取了", 3, "请来领取结果", "带身份证和回执到窗口领取", yours=True),
    CaseState.DELIVERED: Standing("已办结", 4, "已经办完了", "谢谢您，有意见请告诉我们"),
    CaseState.ARCHIVED: Standing("已办结", 4, "已经办完了", "谢谢您，有意见请告诉我们"),
    CaseState.REFUSED: Standing("不予受理", None, "请看不予受理通知书", "通知书上写明理由和救济途径", yours=True),
    CaseState.WITHDRAWN: Standing("已撤回", None, _NOTHING, "材料已退还，以后可以再来办"),
    CaseState.VOIDED: Standing("单据已作废", None, "请以新的单据为准", "没有新单据的，请到原窗口或打咨询电话"),
}

RUNNING = frozenset({CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.GRANTED})
"""States in which the promised day still lies ahead and the clock runs."""


def standing(state: CaseState, upward: str = "") -> Standing:
    """Return the words for a state; ``upward`` says how the case stands with a higher authority (domain rule I07)."""
    words = _STANDINGS.get(state, _OFF_WAY)
    if not upward:
        return words
    return replace(words, name="已上报", step=1, why=f"{upward}，窗口按期联系，结果回来就告诉您")


def long_day(day: date) -> str:
    """Return ``11月20日 周五``."""
    return f"{day.month}月{day.day}日 周{_WEEK[day.weekday()]}"


def short_day(day: date) -> str:
    """Return ``11月20日``."""
    return f"{day.month}月{day.day}日"


def moment(utc_ms: int, now_ms: int) -> str:
    """Return ``今天 14:38`` or ``11月18日 14:38``, in China's time."""
    at, now = (datetime.fromtimestamp(ms // 1000, CHINA) for ms in (utc_ms, now_ms))
    day = "今天" if at.date() == now.date() else short_day(at.date())
    return f"{day} {at:%H:%M}"
