"""事项清单管理 and 便民服务指南 in a browser: an administrator signs in, brings a table in, another publishes it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from test_accessible import faults


def signed_in(hall: Any, open_page: Callable[..., Page], clerk: str) -> Page:
    page = open_page(hall.url + "/halls/9901/catalogue", 1280, 900, bypass_csp=True, accept_downloads=True)
    page.get_by_label("工号").fill(clerk)
    page.get_by_label("口令").fill(hall.credentials["clerks"][clerk])
    page.get_by_role("button", name="登录").click()
    page.wait_for_selector("table")
    return page


def test_two_administrators_publish_a_table(
    own_hall: Any, open_page: Callable[..., Page], seen: Any, tmp_path: Path
) -> None:
    first = signed_in(own_hall, open_page, "0903")
    assert faults(first) == []
    with first.expect_download() as started:
        first.get_by_label("第 1 版导出表格").click()
    table = tmp_path / "清单.xlsx"
    started.value.save_as(table)
    first.get_by_label("清单文件").set_input_files(table)
    first.get_by_role("button", name="检查并提交").click()
    first.get_by_text("与第 1 版比，有 0 处不同").wait_for()
    assert first.get_by_role("button", name="审批并公布").count() == 0
    first.goto(own_hall.url + "/halls/9901/catalogue")
    table.write_bytes(b"PK\x03\x04nothing")
    first.get_by_label("清单文件").set_input_files(table)
    first.get_by_role("button", name="检查并提交").click()
    first.get_by_text("没有收下，有 1 处要改").wait_for()
    assert faults(first) == []
    second = signed_in(own_hall, open_page, "0904")
    second.get_by_role("link", name="第 2 版", exact=True).click()
    assert faults(second) == []
    second.get_by_role("button", name="审批并公布").click()
    second.get_by_role("row", name="第 2 版").get_by_text("现行").wait_for()
    second.get_by_role("button", name="退出").click()
    second.get_by_label("工号").wait_for()
    assert faults(second) == []
    assert seen.hosts == {f"127.0.0.1:{own_hall.port}"}


def test_the_guide_is_read_on_a_telephone_and_at_the_kiosk(
    hall: Any, open_page: Callable[..., Page], kiosk_state: Any, seen: Any
) -> None:
    kiosk = open_page(hall.url + "/halls/9901/kiosk", 1280, 1024, bypass_csp=True, storage_state=kiosk_state)
    kiosk.get_by_role("link", name="看办事指南").click()
    kiosk.get_by_role("link", name="食品经营许可（新办）").click()
    kiosk.get_by_text("ITM-02 v1").wait_for()
    kiosk.get_by_role("link", name="全部事项").click()
    kiosk.get_by_role("link", name="回去取号").click()
    kiosk.wait_for_selector(".choice")
    phone = open_page(hall.url + "/halls/9901/guide", bypass_csp=True)
    assert faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("link", name="个体工商户设立登记").click()
    phone.get_by_text("行政效能投诉中心").wait_for()
    assert faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.hosts == {f"127.0.0.1:{hall.port}"}
    assert seen.complaints == []
