"""The paper that would come out now: the very bitmap that prints, laid on the desk as a strip of paper or a sheet."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme, make_font

MARGIN: Final = 0.05
"""White beside the printed columns: 576 of 640 dots on 80 mm paper."""

TOOTH: Final = 5
SHADOW: Final = 18
CAP: Final = 48
"""Pixels at head and foot of the paper within which its shadow changes; between them it is the same."""


class PaperView(QWidget):
    """Shows a 576-dot-wide picture, or an A4 page, at the width of the pane; scaled once, shadow painted once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._key = ""
        self._preview = False
        self._margin = MARGIN
        self._sheet: QPixmap | None = None
        self._shadow: QPixmap | None = None
        self.setObjectName("slip_paper")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_paper(self, image: QImage | None, key: str, *, preview: bool, sheet: bool = False) -> None:
        """Show a picture; ``key`` names its content, equal keys are not scaled again.

        A ``sheet`` is an A4 page: its margins are in the picture, its ink has colours, and no cutter toothed its foot.
        """
        self.setVisible(image is not None)
        self._margin = 0.0 if sheet else MARGIN
        if (key, preview, image is None) != (self._key, self._preview, self._image is None):
            self._image, self._key, self._preview, self._sheet = image, key, preview, None
            self.setAccessibleName(self.tr("单据预览") if preview else self.tr("单据"))
            self.updateGeometry()
            self.update()

    def _paper_size(self) -> QSize:
        width = self._theme.metrics["paper"]
        if self._image is None or self._image.isNull():
            return QSize(width, 0)
        inner = width * (1 - 2 * self._margin)
        edge = width * self._margin
        return QSize(width, round(self._image.height() * inner / self._image.width() + 2 * edge))

    @override
    def sizeHint(self) -> QSize:
        size = self._paper_size()
        return QSize(size.width() + 2 * SHADOW, size.height() + SHADOW + TOOTH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None or self._image.isNull():
            return
        if self._sheet is None or self._sheet.devicePixelRatio() != self.devicePixelRatio():
            self._sheet = self._draw_sheet(self._image)
        QPainter(self).drawPixmap(0, 0, self._sheet)

    def _draw_sheet(self, image: QImage) -> QPixmap:
        """Draw shadow, paper, print and watermark into one pixmap."""
        ratio = self.devicePixelRatio()
        sheet = QPixmap(self.sizeHint() * ratio)
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._paper_size()
        paper = QRectF(SHADOW, 0, size.width(), size.height())
        self._lay_shadow(painter, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("paper"))
        painter.drawPolygon(_outline(paper) if self._margin else QPolygonF(paper))
        edge = size.width() * self._margin
        inner = QSize(round((size.width() - 2 * edge) * ratio), round((size.height() - 2 * edge) * ratio))
        ink = image.convertToFormat(QImage.Format.Format_Grayscale8) if self._margin else image
        scaled = ink.scaled(inner, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        # The print lies on the paper's own white, as ink does.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawImage(QPointF(SHADOW + edge, edge), scaled)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if self._preview:
            self._draw_watermark(painter, paper)
        painter.end()
        return sheet

    def _lay_shadow(self, painter: QPainter, size: QSize) -> None:
        """Lay a kept picture of a short paper's shadow, its middle drawn out to this paper's height."""
        if self._shadow is None or self._shadow.devicePixelRatio() != self.devicePixelRatio():
            self._shadow = _draw_shadow(size.width(), self.devicePixelRatio())
        wide, tall = size.width() + 2 * SHADOW, max(size.height(), 2 * CAP)
        head, foot = QRectF(0, 0, wide, CAP), QRectF(0, tall - CAP, wide, CAP + SHADOW)
        ratio = self._shadow.devicePixelRatio()
        for place, top, height in (
            (head, 0, CAP), (QRectF(0, CAP, wide, tall - 2 * CAP), CAP, 1), (foot, CAP, CAP + SHADOW),
        ):  # fmt: skip
            painter.drawPixmap(place, self._shadow, QRectF(0, top * ratio, wide * ratio, height * ratio))

    def _draw_watermark(self, painter: QPainter, paper: QRectF) -> None:
        font = make_font(round(paper.width() * 0.14), bold=True)
        painter.setFont(font)
        painter.setPen(QColor(21, 34, 46, 18))
        painter.setClipRect(paper)
        step = paper.width()
        centre = QPointF(paper.center().x(), paper.top() + min(step * 0.6, paper.height() / 2))
        while centre.y() < paper.bottom():
            painter.save()
            painter.translate(centre)
            painter.rotate(-24)
            box = QRectF(-step / 2, -40, step, 80)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.tr("预  览"))
            painter.restore()
            centre += QPointF(0, step * 1.1)


def _draw_shadow(width: int, ratio: float) -> QPixmap:
    """Draw the soft shadow of a paper that is twice ``CAP`` long."""
    shadow = QPixmap(QSize(width + 2 * SHADOW, 2 * CAP + SHADOW) * ratio)
    shadow.setDevicePixelRatio(ratio)
    shadow.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shadow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 40, 58, 2))
    paper = QRectF(SHADOW, 0, width, 2 * CAP)
    for reach in range(SHADOW - 2, 0, -1):
        grown = paper.adjusted(-reach * 0.8, 10 - reach * 0.5, reach * 0.8, reach)
        painter.drawRoundedRect(grown, reach, reach)
    painter.end()
    return shadow


def _outline(paper: QRectF) -> QPolygonF:
    """Return the paper's outline with the toothed edge that a cutter leaves at its foot."""
    points = [paper.topRight(), paper.topLeft(), paper.bottomLeft()]
    count = max(1, round(paper.width() / (2 * TOOTH)))
    width = paper.width() / count
    for tooth in range(count):
        left = paper.left() + tooth * width
        points.append(QPointF(left + width / 2, paper.bottom() + TOOTH * 0.7))
        points.append(QPointF(left + width, paper.bottom()))
    return QPolygonF(points)
