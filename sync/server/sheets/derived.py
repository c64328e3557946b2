"""What the national columns say that follow from others: codes, phones, places, dates."""

from collections.abc import Mapping
from typing import Any

from app.domain.catalogue.item_rules import CODE31_LENGTH
from app.domain.uscc import LENGTH as USCC_LENGTH
from sync.server.sheets.columns import EFFECTIVE, ITEM_ID, KINDS, VERSION

Row = Mapping[str, Any]
_LEVEL = 1
_ELECTRONIC = "e"


def of_item(item: Row, document: Row) -> dict[str, str]:
    """Return the derived cells of an item of a catalogue document, by header; nothing where a part is missing."""
    code, center = str(item.get("code31", "")), document["center"]
    department: Row = next((each for each in document["departments"] if each["id"] == item.get("department")), {})
    told = {
        "基本编码": code[USCC_LENGTH + _LEVEL :] if len(code) == CODE31_LENGTH else "",
        "实施主体编码": code[:USCC_LENGTH] if len(code) == CODE31_LENGTH else "",
        "办理地点": "；".join(
            f"{each['zone']}{'、'.join(each['numbers'])}" for each in document["windows"] if item["id"] in each["items"]
        ),
        "办理时间": "；".join("-".join(each) for each in center["hours"]),
        "咨询方式": department.get("tel", ""),
        "监督投诉方式": "；".join(filter(None, (department.get("complaint_tel"), center["efficacy_tel"]))),
        VERSION: str(document["version"]),
        EFFECTIVE: document["effective_from"],
    }
    return {header: text for header, text in told.items() if text}


def of_material(material: Row, item_id: str) -> dict[str, str]:
    """Return the derived cells of a material."""
    form = material.get("form")
    paper = [each for each in (material.get("orig"), material.get("copies")) if isinstance(each, int)]
    told = {
        ITEM_ID: item_id,
        "材料类型": KINDS.get(str(form), ""),
        "材料形式": "电子" if form == _ELECTRONIC else "纸质",
        "纸质材料份数": "" if form == _ELECTRONIC else str(sum(paper)),
    }
    return {header: text for header, text in told.items() if text}
