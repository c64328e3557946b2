"""The counter window against its drawings: regions, sizes, whole texts, no overlaps, in every layout class."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from screens_kept import Screens
from typing_extensions import override

from ui.screens.counter.view import CounterWindow

SIZES = {"XL": (1920, 1080), "L": (1536, 864), "M": (1366, 768), "S": (1280, 720), "XS": (1093, 614)}
SCENES = (
    "idle", "entry", "calling", "choosing_item", "asking", "checking", "filling", "issued", "offline_fault",
    "unknown_print", "ending",
)  # fmt: skip
REGIONS = {"XL": (328, 468, 52, 64), "L": (280, 400, 48, 58), "M": (236, 332, 44, 52), "S": (208, 300, 40, 48)}
"""Rail, slip, top and key bar as drawn (design.md §4)."""

TOLERANCE = 4
LEAST_HEIGHT = 28


def at(window: CounterWindow, name: str) -> QRect:
    part = window.findChild(QWidget, name)
    assert part is not None, name
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


@pytest.mark.parametrize("density", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_a_screen_is_whole_in_every_layout_class(
    window: CounterWindow, samples: Any, screens: Screens, scene: str, density: str
) -> None:
    window.resize(*SIZES[density])
    window.show_view(getattr(samples, scene)())
    QTest.qWait(20)

    screens.keep(window, f"{scene}-{density}.png")

    assert window.property("density") == density
    assert cut_texts(window) == []
    assert overlaps(window) == []
    assert low_controls(window) == []
    assert sunk_below_the_edge(window) == []
    assert squeezed_tickets(window) == []


@pytest.mark.parametrize("density", REGIONS)
def test_the_regions_stand_where_they_are_drawn(window: CounterWindow, samples: Any, density: str) -> None:
    width, height = SIZES[density]
    window.resize(width, height)
    window.show_view(samples.checking())
    QTest.qWait(10)
    rail, slip, top, keys = REGIONS[density]

    near(at(window, "top_bar"), QRect(0, 0, width, top))
    near(at(window, "rail"), QRect(0, top, rail, height - top - keys))
    near(at(window, "slip"), QRect(width - slip, top, slip, height - top - keys))
    near(at(window, "key_bar"), QRect(0, height - keys, width, keys))


def test_the_card_stands_where_it_is_drawn_at_1920(window: CounterWindow, samples: Any) -> None:
    window.show_view(samples.checking())
    QTest.qWait(10)
    person, row = at(window, "work_person"), at(window, "work_mat_row__1")
    # Measured in 02-serving-checklist.png.
    assert abs(person.left() - 344) <= TOLERANCE
    assert abs(person.right() - 1435) <= TOLERANCE
    assert abs(row.left() - 401) <= TOLERANCE
    assert abs(row.height() - 66) <= TOLERANCE
    assert abs(at(window, "slip_primary").bottom() - 1001) <= TOLERANCE


def near(found: QRect, drawn: QRect) -> None:
    for one, other in zip(found.getCoords(), drawn.getCoords(), strict=True):
        assert abs(one - other) <= TOLERANCE, (found, drawn)


def cut_texts(window: CounterWindow) -> list[str]:
    """Labels whose text does not fit into them, wherever they stand."""
    cut = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        inside = label.contentsRect()
        if label.wordWrap():
            short = label.heightForWidth(label.width()) > label.height() + 1
        else:
            short = label.sizeHint().width() > label.width() + 1
        if short or inside.height() < label.fontMetrics().tightBoundingRect(label.text()).height():
            cut.append(f"{label.objectName()}: {label.text()} {label.size()} {label.sizeHint()}")
    return cut


def overlaps(window: CounterWindow) -> list[str]:
    """Sibling parts that lie over each other; the drawer and the focus mark are meant to."""
    found = []
    for parent in [window.centralWidget(), *window.centralWidget().findChildren(QWidget)]:
        children = [
            each
            for each in parent.children()
            if isinstance(each, QWidget) and each.isVisible() and not each.isWindow() and not floats(each)
        ]
        for index, one in enumerate(children):
            for other in children[index + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{parent} {one} {one.geometry()} {other} {other.geometry()}")
    return found


def floats(widget: QWidget) -> bool:
    drawer = widget.findChild(QWidget, "slip") is not None and widget.findChild(QWidget, "rail") is None
    return drawer or type(widget).__name__ == "FocusRing" or widget.objectName().startswith("qt_")


def low_controls(window: CounterWindow) -> list[str]:
    controls = [each for kind in (QAbstractButton, QLineEdit, QComboBox) for each in window.findChildren(kind)]
    return [f"{each} {each.height()}" for each in controls if each.isVisible() and each.height() < LEAST_HEIGHT]


def sunk_below_the_edge(window: CounterWindow) -> list[str]:
    """Parts of the frame that reach out of the window."""
    names = ("top_bar", "rail", "key_bar", "rail_now_card", "slip_primary")
    parts = [part for name in names if (part := window.findChild(QWidget, name)) is not None and part.isVisible()]
    return [part.objectName() for part in parts if not window.rect().contains(at(window, part.objectName()))]


def squeezed_tickets(window: CounterWindow) -> list[str]:
    """Tickets of the rail that are not shown at full height."""
    tickets = [each for each in window.findChildren(QWidget) if each.objectName().startswith("rail_wait_item__")]
    return [
        each.objectName()
        for each in tickets
        if not each.isVisible() or each.visibleRegion().boundingRect().height() < 42
    ]


def test_no_part_flashes_up_as_a_window_of_its_own(
    window: CounterWindow, application: QApplication, samples: Any
) -> None:
    shown: list[str] = []

    class Watch(QObject):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(repr(watched))
            return False

    watch = Watch()
    application.installEventFilter(watch)
    for scene in SCENES:
        window.show_view(getattr(samples, scene)())
        QTest.qWait(1)
    application.removeEventFilter(watch)

    assert shown == []


def test_every_control_says_its_name(window: CounterWindow, samples: Any) -> None:
    for scene in SCENES:
        window.show_view(getattr(samples, scene)())
        QTest.qWait(1)
        controls = [each for kind in (QAbstractButton, QLineEdit, QComboBox) for each in window.findChildren(kind)]
        nameless = [repr(each) for each in controls if each.isVisible() and not each.accessibleName()]
        assert nameless == []


def test_a_wider_window_keeps_what_is_being_typed(window: CounterWindow, samples: Any) -> None:
    window.resize(*SIZES["M"])
    window.show_view(samples.filling())
    QTest.keyClicks(QApplication.focusWidget(), "reshi")

    window.resize(*SIZES["XL"])
    QTest.qWait(10)

    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert (editor.objectName(), editor.text()) == ("work_form_field__scope", "reshi")
