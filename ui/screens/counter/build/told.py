"""The page once a paper is out that answers nothing yet: papers taken in, or told what is missing or needed."""

from datetime import date

from app.domain.case import Case, CaseState
from app.domain.consultation_paper import CONSULTATION_SLIP
from ui.screens.counter.build import wording
from ui.screens.counter.build.ended import Ended
from ui.screens.counter.build.notice import KIND
from ui.screens.counter.state import CounterState
from ui.widgets.views import IconLine, Strong, Tone

_KEPT = IconLine("ph.bookmark-simple", "草稿已保留，补齐后接着办")


def told(state: CounterState) -> Ended | None:
    """Return the words of a receipt, a supplement notice or a one-time notice; None for any other paper."""
    case = state.issued
    if case is None:
        asked = state.job is not None and state.job.slip == CONSULTATION_SLIP
        return _informed() if asked else None
    if case.state is CaseState.RECEIVED:
        return _received(case, _sent(state))
    if case.state is CaseState.SUPPLEMENT_NOTICED:
        return _noticed(case, _sent(state))
    return None


def _informed() -> Ended:
    return Ended(
        "noticed",
        KIND,
        "已告知",
        "材料备齐后随时来办，不用保留本号。",
        (IconLine("ph.check-circle", "条件、材料、程序、时限一次说全"), IconLine("ph.shield-check", "已记入咨询台账")),
        ("“要的材料都写在这张单子上，", Strong("一次说全"), "，备齐了再来。您慢走，再见。”"),
        Tone.OK,
    )


def _received(case: Case, sent: IconLine) -> Ended:
    last = wording.day(date.fromisoformat(case.notice_due)) if case.notice_due else ""
    return Ended(
        "received",
        "收件凭证",
        "已收件",
        f"收件不等于受理，最迟{last}告知受理、补正或者不予受理。",
        (IconLine("ph.timer", "五个工作日内答复"), sent),
        ("“材料收到了，", Strong(f"最迟{last}"), "答复您。这是收件凭证，请收好。您慢走，再见。”"),
        Tone.OK,
    )


def _noticed(case: Case, sent: IconLine) -> Ended:
    notice = case.notice or {"lines": (), "keep_until": None}
    keep = notice["keep_until"]
    until = f"，草稿保留到{wording.day(date.fromisoformat(keep))}" if keep else ""
    return Ended(
        "noticed",
        KIND,
        "已告知",
        f"补齐当日受理{until}。除告知的以外，不再要求补别的。",
        (_KEPT, sent),
        ("“要补的都写在这张单子上，", Strong("一次说全"), "，补齐了再来，不用重新取号。您慢走，再见。”"),
        Tone.OK,
    )


def _sent(state: CounterState) -> IconLine:
    waits = state.offline or state.link.pending
    return IconLine("ph.paper-plane-tilt", "已存本机，联网后自动上传" if waits else "已送中心服务端")
