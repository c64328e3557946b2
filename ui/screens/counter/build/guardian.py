"""监护人单独同意 on the screen: what is asked before a child's papers are taken in (domain rule L13)."""

from app.domain.guardian_consent import SCOPE
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone


def consent_question(guardian: str) -> FaultView:
    """Return the question; ``guardian`` is the masked name of who is asked, to their face and by these words."""
    options = (
        FaultOption(f"{guardian} 当面单独同意", SCOPE, "同意"),
        FaultOption("不同意", "不收集孩子的资料", "返回"),
    )
    return FaultView("ph.users", "监护人单独同意吗？", "申请人未满 14 周岁", options, Tone.PRI)
