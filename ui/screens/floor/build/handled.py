"""今天处理过: the acts of the day in words."""

from collections.abc import Mapping
from typing import Any

from app.domain.rights import Act
from sync.protocol.floor_messages import FloorState
from ui.screens.floor.build.top import clock
from ui.screens.floor.view_model import LineView


def handled(floor: FloorState) -> tuple[LineView, ...]:
    """Return one line an act, the newest first."""
    return tuple(LineView(f"{clock(each.at_ms)} {_words(each.act, each.detail)}") for each in floor.acts)


def _words(act: str, detail: Mapping[str, Any]) -> str:
    window, codes = detail.get("window", ""), detail.get("businesses")
    said = {
        Act.OPEN_WINDOW: f"{window} {'开窗' if detail.get('open') else '关窗'}",
        Act.ASSIGN_WINDOW: f"{window} 改办 {'、'.join(codes)} 类" if codes else f"{window} 恢复原来的业务",
        Act.TELL_WINDOW: f"喊话 {window}：{detail.get('text', '')}",
        Act.SET_HALL_NOTICE: f"告示：{detail['text']}" if detail.get("text") else "撤下告示",
        Act.REHOME_TICKETS: f"{window} 的 {'、'.join(detail.get('numbers', ()))} 送走",
        Act.RESERVE_BLOCK: f"{window} 留 {detail.get('count', '')} 个号",
        Act.FENCE_WINDOW: f"收回 {window} 的留号",
        Act.PUT_FIRST: f"{detail.get('number', '')} 优先",
        Act.ANSWER_HELP: "去了求助的窗口",
    }
    known = {act.value: words for act, words in said.items()}
    return known.get(act) or str(detail.get("words") or "处理了一项提醒")
