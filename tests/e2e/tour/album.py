"""The tour's album: a picture of every step, every paper as picture and bytes, one page to look at them."""

import html
from dataclasses import dataclass, field
from pathlib import Path

from hall import Paper
from hands import ROOT, Display
from PIL import Image
from windows import doubled

COUNTER = (0, 0, 1920, 1080)
DRAWINGS = ROOT / "docs" / "drawings"
GAP = 24
FAILED = "failed"
"""The step that shows where the tour ended."""


@dataclass
class Album:
    """Writes into ``folder``."""

    folder: Path
    display: Display
    _rows: list[str] = field(default_factory=list)

    def step(self, name: str, words: str, drawing: str = "", place: tuple[int, int, int, int] = COUNTER) -> None:
        """Keep the counter's window as it looks now; where it was drawn, beside its drawing too.

        ``place`` is another part of the screen, with another window in it.
        """
        number = len(self._rows) + 1
        path = self.folder / f"{number:02}-{name}.png"
        self.display.picture(path, place)
        self._rows.append(f'<h2>{number}. {html.escape(words)}</h2><img src="{path.name}" width="960">')
        if drawing:
            self._beside(path, drawing)
        print(f"{number:3} {words}", flush=True)
        if name != FAILED:
            assert not (more := doubled(self.display)), more

    def keep(self, path: Path, words: str, drawing: str = "") -> None:
        """Show a picture that was taken already."""
        number = len(self._rows) + 1
        place = path.relative_to(self.folder)
        self._rows.append(f'<h2>{number}. {html.escape(words)}</h2><img src="{place}" width="960">')
        if drawing:
            self._beside(path, drawing)

    def _beside(self, path: Path, drawing: str) -> None:
        beside = path.parent / f"beside-{drawing}.png"
        side_by_side(DRAWINGS / f"{drawing}.png", path, beside)
        place = beside.relative_to(self.folder)
        self._rows.append(f'<p>左：设计图；右：现在</p><img src="{place}" width="1400">')

    def note(self, words: str) -> None:
        """Write a line, here and on the page."""
        self._rows.append(f"<p>{html.escape(words)}</p>")
        print(f"    {words}", flush=True)

    def paper(self, paper: Paper, name: str) -> None:
        """Keep a paper."""
        stem = self.folder / f"slip-{name}"
        stem.with_suffix(".png").write_bytes(paper.png)
        stem.with_suffix(".bin").write_bytes(paper.data)
        self._rows.append(
            f'<h2>单据 {html.escape(name)}（{len(paper.data)} 字节）</h2><img src="{stem.name}.png" width="420">'
            f"<pre>{html.escape(paper.text)}</pre>"
        )

    def close(self) -> None:
        """Write the page."""
        page = "\n".join(self._rows)
        (self.folder / "index.html").write_text(
            f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>窗口 · 一路看过来</title>{page}</html>',
            encoding="utf-8",
        )


def overview(folder: Path, parts: list[str]) -> None:
    """Write the page that leads to the albums of the parts that were walked."""
    links = "".join(
        f'<li><a href="{part}/index.html">{part}</a></li>' for part in parts if (folder / part / "index.html").exists()
    )
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>一路看过来</title><ul>{links}</ul></html>',
        encoding="utf-8",
    )


def side_by_side(drawing: Path, ours: Path, out: Path) -> None:
    """Lay a drawing and the picture of our window next to each other, at one height."""
    with Image.open(drawing) as left, Image.open(ours) as right:
        height = max(left.height, right.height)
        sheet = Image.new("RGB", (left.width + GAP + right.width, height), "white")
        sheet.paste(left, (0, 0))
        sheet.paste(right, (left.width + GAP, 0))
        sheet.save(out, compress_level=1)
