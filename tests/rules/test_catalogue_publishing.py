"""事项清单: two persons, versions that begin on their day, a difference anybody reads, and both files to take along."""

import json
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from published_hall import DEMO, FIRST, SECOND, changed, item

from sync.server.catalogue_yaml import read
from sync.server.sheets.write import workbook_of

NEW_YEAR = "2027-01-01"


def dated(day: str, name: str) -> Any:
    def change(document: dict[str, Any]) -> None:
        document["effective_from"] = day
        item(document, "ITM-02")["name"] = name

    return change


def guide(hall: Any) -> str:
    text: str = hall.ask("GET", "/halls/9901/guide/ITM-02").text
    return text


def test_what_citizens_see_needs_two_persons(catalogue_hall: Any) -> None:
    """Two persons: who submitted a version cannot approve it, on no way; another administrator can."""
    version = catalogue_hall.submit_changed(dated("2026-11-23", "新名"))
    own = catalogue_hall.approve(version, FIRST)
    assert (own.status_code, own.json()["error"]) == (403, "second_person_needed")
    page = f"/halls/9901/catalogue/{version}"
    tried = catalogue_hall.ask("POST", f"{page}/approve", headers=catalogue_hall.cookie(FIRST))
    assert (tried.status_code, "提交的人不能自己审批" in tried.text) == (403, True)
    assert "审批并公布" not in catalogue_hall.ask("GET", page, headers=catalogue_hall.cookie(FIRST)).text
    assert "新名" not in guide(catalogue_hall)
    assert "审批并公布" in catalogue_hall.ask("GET", page, headers=catalogue_hall.cookie(SECOND)).text
    done = catalogue_hall.ask("POST", f"{page}/approve", headers=catalogue_hall.cookie(SECOND))
    assert (done.status_code, done.headers["location"]) == (303, "/halls/9901/catalogue")
    assert "新名" in guide(catalogue_hall)


@pytest.mark.parametrize("who", ["0301", "0401"])
def test_nobody_else_sees_or_changes_the_versions(catalogue_hall: Any, who: str) -> None:
    """Rights: a clerk or reviewer who is signed in reads no version and approves none."""
    for path in ("", "/1", "/1/export"):
        told = catalogue_hall.ask("GET", f"/halls/9901/catalogue{path}", headers=catalogue_hall.cookie(who))
        assert "事项清单管理" in told.text if path == "" else told.status_code == 401
        assert "第 1 版" not in told.text
    assert catalogue_hall.ask("GET", "/v1/catalogue/versions", who).status_code == 403
    posted = catalogue_hall.ask("POST", "/halls/9901/catalogue/1/approve", headers=catalogue_hall.cookie(who))
    assert posted.status_code == 401


def test_a_version_begins_on_its_day_and_not_before(catalogue_hall: Any) -> None:
    """Effective dates: what was published for 1 January is held before and used from that day, at every counter too."""
    catalogue_hall.publish(dated(NEW_YEAR, "新年名"))
    catalogue_hall.publish(dated("2026-12-01", "十二月名"))
    assert "十二月名" not in guide(catalogue_hall)
    held = catalogue_hall.snapshot()["tables"]["catalogue"]
    assert [(each["version"], each["effective_from"]) for each in held] == [
        (1, "2026-01-01"),
        (2, NEW_YEAR),
        (3, "2026-12-01"),
    ]
    for day, name in (("2026-12-01", "十二月名"), ("2026-12-31", "十二月名"), (NEW_YEAR, "新年名")):
        catalogue_hall.clock.set(day)
        assert f"{name} 便民服务指南" in guide(catalogue_hall)
    rows = catalogue_hall.ask("GET", "/v1/catalogue/versions", FIRST).json()["versions"]
    assert [(each["version"], each["in_force"]) for each in rows] == [(3, False), (2, True), (1, False)]


def test_a_counter_without_a_network_begins_with_a_version_on_its_day(
    catalogue_hall: Any, kit: Any, published_tables: Any
) -> None:
    """Effective dates: a counter holds the version before its day and changes over by itself, without a network."""
    catalogue_hall.publish(dated(NEW_YEAR, "新年名"))
    catalogue_hall.publish(dated("2026-12-01", "十二月名"))
    tables = catalogue_hall.snapshot()["tables"]
    kit.replica.replace({**published_tables, "catalogue": tables["catalogue"]}, 0)
    for day, name in (("2026-11-30", "食品经营许可（新办）"), ("2026-12-01", "十二月名"), (NEW_YEAR, "新年名")):
        with kit.store.begin() as work:
            work.open_day(date.fromisoformat(day))
        with kit.store.read() as view:
            assert view.catalogue().items["ITM-02"].name == name


def test_the_staff_of_a_version_are_taken_over_on_its_day(catalogue_hall: Any) -> None:
    """Effective dates: a role that ends with the version of 1 January still holds on 31 December."""

    def change(document: dict[str, Any]) -> None:
        document["effective_from"] = NEW_YEAR
        next(each for each in document["staff"] if each["number"] == FIRST)["roles"] = ["guide"]

    catalogue_hall.publish(change)
    assert catalogue_hall.ask("GET", "/v1/catalogue/versions", FIRST).status_code == 200
    catalogue_hall.clock.set(NEW_YEAR)
    body = {"clerk": SECOND, "password": "wrong"}
    assert catalogue_hall.ask("POST", "/v1/sessions", json=body).status_code == 401
    assert catalogue_hall.ask("GET", "/v1/catalogue/versions", FIRST).status_code == 403


def test_who_is_on_the_list_no_more_is_shut_out_on_its_day(catalogue_hall: Any) -> None:
    """Effective dates: a session and a password end with the version that leaves their owner out."""
    body = {"clerk": FIRST, "password": "password-of-0903"}
    catalogue_hall.give_password(FIRST, body["password"])

    def change(document: dict[str, Any]) -> None:
        document["effective_from"] = NEW_YEAR
        document["staff"] = [each for each in document["staff"] if each["number"] != FIRST]

    catalogue_hall.publish(change)
    assert catalogue_hall.ask("POST", "/v1/sessions", json=body).status_code == 200
    catalogue_hall.clock.set(NEW_YEAR)
    assert catalogue_hall.ask("POST", "/v1/sessions", json=body).status_code == 401
    assert catalogue_hall.ask("GET", "/v1/catalogue/versions", FIRST).status_code == 401
    assert catalogue_hall.ask("GET", "/v1/catalogue/versions", SECOND).status_code == 200


def test_a_day_that_passed_while_a_version_waited_becomes_the_day_of_its_approval(catalogue_hall: Any) -> None:
    """Effective dates: nothing begins before it was published."""
    version = catalogue_hall.submit_changed(dated("2026-11-01", "晚批"))
    assert catalogue_hall.approve(version).status_code == 200
    assert "生效 2026年11月23日" in guide(catalogue_hall)


def test_the_difference_is_told_in_chinese_before_it_is_approved(catalogue_hall: Any) -> None:
    """Diff: every value that changed, where it stands and what it was; nothing else."""

    def change(document: dict[str, Any]) -> None:
        food = item(document, "ITM-02")
        food["promised_limit"]["days"] = 5
        food["materials"][1], food["materials"][2] = food["materials"][2], food["materials"][1]
        document["laws"][0]["articles"] = [{"number": "第三十二条", "text": "（测试用文本）"}]
        document["priorities"].pop()

    version = catalogue_hall.submit_changed(change)
    told = catalogue_hall.ask("GET", f"/v1/catalogue/versions/{version}/differences", SECOND).json()
    rows = {" › ".join(each["place"]): (each["kind"], each["before"], each["after"]) for each in told["differences"]}
    assert told["base"] == 1
    assert rows.pop("事项 › ITM-02 食品经营许可（新办） › 承诺办结时限 › 天数") == ("changed", "8", "5")
    assert rows.pop("法规库 › XKF 中华人民共和国行政许可法 › 条文")[0] == "added"
    assert rows.pop("优先类别 › supplement 补件")[0] == "removed"
    moved = rows.pop("事项 › ITM-02 食品经营许可（新办） › 材料 › 次序")
    assert moved[0] == "moved"
    assert rows == {}
    page = catalogue_hall.ask("GET", f"/halls/9901/catalogue/{version}", headers=catalogue_hall.cookie(SECOND)).text
    assert "与第 1 版比，有 4 处不同" in page
    assert "承诺办结时限" in page


def exported(hall: Any, format_: str) -> bytes:
    answer = hall.ask("GET", f"/v1/catalogue/versions/1/export?format={format_}", FIRST)
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


@pytest.mark.parametrize("format_", ["yaml", "xlsx"])
def test_an_export_that_is_imported_again_is_the_same(catalogue_hall: Any, format_: str) -> None:
    """Import and export: round trip equal, in YAML and in .xlsx."""
    again = catalogue_hall.submit(exported(catalogue_hall, format_))
    assert again.status_code == 201, again.text
    told = catalogue_hall.ask("GET", f"/v1/catalogue/versions/{again.json()['version']}/differences", FIRST).json()
    assert told["differences"] == []
    after = read(catalogue_hall.ask("GET", "/v1/catalogue/versions/2/export", FIRST).content).document
    assert {**after, "version": 1} == DEMO


def test_a_national_column_the_product_has_no_use_for_is_kept(catalogue_hall: Any) -> None:
    """Import .xlsx: columns are the national field names; nothing that stands there is lost."""
    book = load_workbook(BytesIO(exported(catalogue_hall, "xlsx")))
    items = book["事项"]
    column = next(each.column for each in items[1] if each.value == "通办范围")
    items.cell(3, column).value = "全县"
    version = catalogue_hall.submit(saved(book)).json()["version"]
    (row,) = catalogue_hall.ask("GET", f"/v1/catalogue/versions/{version}/differences", FIRST).json()["differences"]
    assert (row["place"][-1], row["after"]) == ("其他要素", "通办范围：全县")
    back = load_workbook(
        BytesIO(catalogue_hall.ask("GET", f"/v1/catalogue/versions/{version}/export?format=xlsx", FIRST).content)
    )
    assert back["事项"].cell(3, column).value == "全县"


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cell(sheet: Any, header: str, row: int) -> Any:
    return sheet.cell(row, next(each.column for each in sheet[1] if each.value == header))


def test_every_problem_of_a_workbook_is_listed_with_its_cell_and_what_to_do(catalogue_hall: Any) -> None:
    """Import .xlsx: errors name sheet, row and column and what to do; every problem at once, formulas not evaluated."""
    book = load_workbook(BytesIO(exported(catalogue_hall, "xlsx")))
    items, materials = book["事项"], book["材料"]
    wrong = {
        cell(items, "承诺办结时限", 3): "八天",
        cell(items, "办件类型", 3): "马上办",
        cell(items, "事项名称", 4): "=1+1",
        cell(items, "实施编码", 6): "123",
        cell(items, "咨询方式", 2): "110",
        cell(materials, "必要性", 5): "也许",
        cell(materials, "事项编号", 6): "ITM-77",
        items.cell(1, items.max_column + 1): "心情",
    }
    for each, value in wrong.items():
        each.value = value
    book["系统项"].cell(2, 3).value = "{"
    refused = catalogue_hall.submit(saved(book))
    assert refused.status_code == 422
    told = [each["message"] for each in refused.json()["problems"]]
    for each, about in {
        cell(items, "承诺办结时限", 3): "不是整数",
        cell(items, "办件类型", 3): "即办件、承诺件",
        cell(items, "事项名称", 4): "是公式",
        cell(items, "实施编码", 6): "现在3位",
        cell(items, "咨询方式", 2): "由别的列得出，应为“0000-8000012”",
        cell(materials, "必要性", 5): "不在可填的词里",
        cell(materials, "事项编号", 6): "事项表里没有编号“ITM-77”",
        items.cell(1, items.max_column): "不认识列“心情”",
        book["系统项"].cell(2, 3): "值读不懂",
    }.items():
        assert any(said.startswith(f"{each.parent.title} {each.coordinate}：") and about in said for said in told), told
    page = catalogue_hall.ask(
        "POST",
        "/halls/9901/catalogue",
        headers=catalogue_hall.cookie(FIRST),
        files={"file": ("清单.xlsx", saved(book))},
    )
    assert page.status_code == 422
    assert "不认识列“心情”" in page.text


def bombs() -> dict[str, bytes]:
    """Files that are no workbook anybody made."""
    good = workbook_of(DEMO)
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    made = {"cut off": good[: len(good) // 2], "no workbook": b"PK\x03\x04" + bytes(200)}
    for name, part, content in (
        ("entities", "xl/workbook.xml", entities),
        ("entities in a sheet", "xl/worksheets/sheet1.xml", entities),
        ("no sheet", "xl/worksheets/sheet1.xml", b""),
        ("huge", "xl/media/x.bin", bytes(60 * 1024 * 1024)),
    ):
        file = BytesIO()
        with ZipFile(BytesIO(good)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
            for each in source.namelist():
                if each != part:
                    target.writestr(each, source.read(each))
            target.writestr(part, content)
        made[name] = file.getvalue()
    return made


def test_an_untrusted_workbook_is_refused_without_harm(catalogue_hall: Any) -> None:
    """Import .xlsx: untrusted file: entities, sizes and broken parts are refused with a sentence."""
    for name, content in bombs().items():
        refused = catalogue_hall.submit(content)
        assert refused.status_code == 422, name
        assert refused.json()["code"] in {"sheet_not_xlsx", "sheet_too_large"}, name


def test_all_problems_of_a_yaml_file_come_at_once(catalogue_hall: Any) -> None:
    """Import: a slip of shape in one item does not hide what is wrong with another."""
    document = changed(lambda _: None)
    del document["items"][1]["fee"]
    document["items"][2]["code31"] = "1"
    document["items"][3]["promised_limit"] = {"days": 999, "unit": "WD"}
    refused = catalogue_hall.submit(json.dumps(document).encode())
    assert [each["path"] for each in refused.json()["problems"]] == [
        "items/1/fee",
        "items/2/code31",
        "items/3/promised_limit/days",
    ]
