"""A document camera's folder at the living window: a page goes to the material that has the keyboard, to no other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ending_hands import at_window
from living_counter import Key, Living, everywhere, living
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES
from test_notice_keys import call

from app.domain.clerk import Clerk
from app.ports.camera import CopyLaneStands
from app.storage.messages import sentence
from app.usecases.end_visit import answer_question
from devices.camera.folder import STILL, WatchedFolder
from ui.widgets.views import DeviceState

CTRL = Qt.KeyboardModifier.ControlModifier


def page(number: int) -> bytes:
    return b"\xff\xd8\xff\xe0" + bytes([number]) * 50 + b"\xff\xd9"


@dataclass
class Camera:
    """The camera's own program, and the window it writes for."""

    counter: Living
    folder: Path
    watched: WatchedFolder

    def look(self, times: int = 1) -> None:
        """Let the watcher look so often; its own thread is tested with it."""
        for _ in range(times):
            for event in self.watched.look():
                self.counter.bridge.camera.emit(event)

    def begin(self, name: str, content: bytes) -> Path:
        """A file is there and seen."""
        path = self.folder / name
        path.write_bytes(content)
        self.look()
        return path

    def scan(self, name: str, content: bytes) -> Path:
        """A file is there and stands still."""
        path = self.begin(name, content)
        self.look(STILL)
        return path

    def says(self, code: str) -> None:
        self.counter.until(lambda: self.counter.state.message == code)
        assert self.counter.window._view.message == sentence(code)

    def shown(self, row: int) -> str:
        hint = self.counter.window.findChild(QWidget, f"work_mat_hint__{row}")
        return str(hint.property("text"))


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Iterator[Living]:
    at_window(kit, "B01")
    authority = queue(ticket("B012"), ticket("B013"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority, number="B01") as opened:
        yield opened


@pytest.fixture
def camera(counter: Living, tmp_path: Path) -> Camera:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "yesterday.jpg").write_bytes(page(99))
    watched = WatchedFolder(folder)
    counter.presenter._parts = replace(counter.parts, camera=watched)
    camera = Camera(counter, folder, watched)
    camera.look()
    assert "camera" in counter.state.devices
    return camera


def drawn(kind: str, paper: str) -> bytes:
    """Return a page as a camera writes it."""
    image = Image.new("RGB", (1654, 2339), paper)
    ImageDraw.Draw(image).rectangle((200, 200, 1454, 900), outline="black", width=12)
    content = BytesIO()
    image.save(content, kind)
    return content.getvalue()


def pane(counter: Living) -> Any:
    assert counter.state.ask is not None
    assert counter.state.copy_pane is not None
    return counter.state.copy_pane


def counts(counter: Living) -> list[int]:
    card = counter.state.card
    assert card is not None
    return [counter.state.copies.get(each.material.id, 0) for each in card.materials.lines]


def test_pages_go_to_the_row_with_the_keyboard(camera: Camera, counter: Living, screens: Screens) -> None:
    call(counter)
    assert counter.focus == "work_mat_row__2"
    first = camera.scan("scan.jpg", page(1))
    counter.until(lambda: counts(counter) == [0, 1, 0])
    counter.until(lambda: not first.exists())
    counter.press(Key.Key_Down)
    camera.scan("scan.jpg", page(2))
    counter.until(lambda: counts(counter) == [0, 1, 1])
    camera.scan("scan 2.jpg", page(3))
    counter.until(lambda: counts(counter) == [0, 1, 2])
    assert camera.shown(2).startswith("已扫描 1 份，Ctrl K 看")
    assert camera.shown(3).startswith("已扫描 2 份")
    assert "已扫描" not in camera.shown(1)
    assert [each.kind for each in counter.kit.operations()][-3:] == ["copy.attached"] * 3
    assert (camera.folder / "yesterday.jpg").exists()
    for density, size in SIZES.items():
        counter.window.resize(*size)
        QApplication.processEvents()
        counter.whole()
        screens.keep(counter.window, f"copies-{density}.png")
    counter.press(Key.Key_Plus)
    counter.window.resize(1920, 1080)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    summary = counter.window._view.centre.sections[2].summary
    assert summary[0] == "3 件全齐，已扫描 3 份"
    screens.keep(counter.window, "copies-issued.png")


def test_a_copy_is_looked_at_and_taken_off(camera: Camera, counter: Living, screens: Screens) -> None:
    call(counter)
    counter.press(Key.Key_K, modifier=CTRL)
    assert counter.state.ask is None
    camera.scan("a.jpg", drawn("JPEG", "white"))
    counter.until(lambda: counts(counter) == [0, 1, 0])
    counter.kit.clock.advance(1000)
    camera.scan("b.png", drawn("PNG", "lightgrey"))
    counter.until(lambda: counts(counter) == [0, 2, 0])
    counter.kit.clock.advance(1000)
    camera.scan("c.jpg", page(3))
    counter.until(lambda: counts(counter) == [0, 3, 0])
    counter.press(Key.Key_K, modifier=CTRL)
    counter.until(lambda: pane(counter).fault == "copy_not_decoded")
    counter.press(Key.Key_2)
    counter.until(lambda: pane(counter).picture is not None)
    assert (pane(counter).at, pane(counter).shown.kind) == (1, "png")
    for density in ("S", "XL"):
        counter.window.resize(*SIZES[density])
        QApplication.processEvents()
        counter.whole()
        screens.keep(counter.window, f"copy-shown-{density}.png")
    counter.press(Key.Key_3)
    assert pane(counter).sure
    screens.keep(counter.window, "copy-sure.png")
    counter.press(Key.Key_Escape)
    assert (pane(counter).sure, counts(counter)) == (False, [0, 3, 0])
    counter.press(Key.Key_3)
    counter.press(Key.Key_1)
    counter.until(lambda: counts(counter) == [0, 2, 0])
    counter.until(lambda: counter.state.message == "copy_taken_off")
    assert (counter.state.ask, counter.kit.operations()[-1].kind) == (None, "copy.removed")
    counter.press(Key.Key_Plus)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.issued is not None)
    counter.press(Key.Key_K, modifier=CTRL)
    counter.until(lambda: counter.state.copy_pane is not None and counter.state.ask is not None)
    counter.press(Key.Key_3)
    assert not pane(counter).sure, "the paper names what was handed in: nothing is taken off now"
    counter.press(Key.Key_Escape)
    assert counter.state.ask is None


def test_a_full_disk_takes_no_copy_and_a_full_server_is_told(camera: Camera, counter: Living) -> None:
    call(counter)
    counter.presenter._parts = replace(counter.parts, disk_used=lambda: 0.9)
    path = camera.scan("a.jpg", page(1))
    camera.says("copy_no_room")
    assert (counts(counter), path.exists()) == ([0, 0, 0], True)
    counter.bridge.camera.emit(CopyLaneStands("copies_store_full"))
    assert counter.state.devices["camera"].reason == "copies_store_full"
    counter.bridge.camera.emit(CopyLaneStands(""))
    assert counter.state.devices["camera"].state is DeviceState.OK


def test_a_page_keeps_its_row_though_the_keyboard_has_gone_on(camera: Camera, counter: Living) -> None:
    call(counter)
    half = camera.begin("scan.jpg", page(1)[:-2])
    counter.press(Key.Key_Down)
    with half.open("ab") as file:
        file.write(page(1)[-2:])
    camera.look(1 + STILL)
    counter.until(lambda: counts(counter) == [0, 1, 0])


def test_a_page_without_a_row_or_a_citizen_stays_where_it_is(camera: Camera, counter: Living) -> None:
    path = camera.scan("early.jpg", page(1))
    camera.says("copy_no_visit")
    call(counter)
    counter.press(Key.Key_7, modifier=Qt.KeyboardModifier.AltModifier)
    inside = camera.scan("form.jpg", page(2))
    camera.says("copy_no_row")
    counter.press(Key.Key_Escape)
    assert (path.read_bytes(), inside.read_bytes()) == (page(1), page(2))
    assert counts(counter) == [0, 0, 0]


def test_what_is_no_page_is_refused_with_a_sentence_and_stays(camera: Camera, counter: Living) -> None:
    call(counter)
    path = camera.scan("page.jpg", b"MZ\x90\x00 a program")
    camera.says("copy_other_kind")
    assert path.exists()
    camera.scan("a.jpg", page(1))
    counter.until(lambda: counts(counter) == [0, 1, 0])
    twice = camera.scan("b.jpg", page(1))
    camera.says("copy_twice")
    assert (counts(counter), twice.exists()) == ([0, 1, 0], True)


def test_a_page_begun_for_one_citizen_never_goes_to_the_next(camera: Camera, counter: Living) -> None:
    call(counter)
    half = camera.begin("scan.jpg", page(1)[:-2])
    answer_question(counter.kit.store, counter.kit.clock, counter.parts.clerk)
    counter.presenter.look()
    counter.until(lambda: counter.state.visit is None)
    call(counter)
    with half.open("ab") as file:
        file.write(page(1)[-2:])
    camera.look(1 + STILL)
    camera.says("copy_too_late")
    assert (counts(counter), half.exists()) == ([0, 0, 0], True)


def test_a_folder_that_went_is_yellow_and_the_window_works_on(camera: Camera, counter: Living) -> None:
    assert counter.state.devices["camera"].state is DeviceState.OK
    camera.folder.rename(camera.folder.with_name("unplugged"))
    camera.look(3)
    assert counter.state.devices["camera"].state is DeviceState.WARN
    shown = {each.key: each.text for each in counter.window._view.top.devices}
    assert shown["camera"] == "找不到文件夹，先不扫描"
    counter.press(Key.Key_F2)
    assert counter.state.visit is not None
    camera.folder.with_name("unplugged").rename(camera.folder)
    camera.look()
    assert counter.state.devices["camera"].state is DeviceState.OK


def test_a_covered_window_takes_no_page_and_says_nothing(camera: Camera, counter: Living) -> None:
    call(counter)
    counter.press(Key.Key_L, modifier=CTRL)
    counter.until(lambda: counter.state.covered)
    path = camera.scan("a.jpg", page(1))
    assert (counter.state.message, counter.state.copies, path.exists()) == ("", {}, True)
