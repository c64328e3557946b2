"""The tour's album: a picture of every step, every paper as picture and bytes, one page to look at them."""

import html
from dataclasses import dataclass, field
from pathlib import Path

from hall import Paper
from hands import ROOT, Display
from PIL import Image

COUNTER = (0, 0, 1920, 1080)
DRAWINGS = ROOT / "docs" / "drawings"
GAP = 24


@dataclass
class Album:
    """Writes into ``folder``."""

    folder: Path
    display: Display
    _rows: list[str] = field(default_factory=list)

    def step(self, name: str, words: str, drawing: str = "") -> None:
        """Keep the counter's window as it looks now; where it was drawn, beside its drawing too."""
        number = len(self._rows) + 1
        path = self.folder / f"{number:02}-{name}.png"
        self.display.picture(path)
        with Image.open(path) as picture:
            picture.crop(COUNTER).save(path)
        self._rows.append(f'<h2>{number}. {html.escape(words)}</h2><img src="{path.name}" width="960">')
        if drawing:
            beside = self.folder / f"beside-{drawing}.png"
            side_by_side(DRAWINGS / f"{drawing}.png", path, beside)
            self._rows.append(f'<p>左：设计图；右：现在</p><img src="{beside.name}" width="1400">')
        print(f"{number:3} {words}", flush=True)

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


def side_by_side(drawing: Path, ours: Path, out: Path) -> None:
    """Lay a drawing and the picture of our window next to each other, at one height."""
    with Image.open(drawing) as left, Image.open(ours) as right:
        height = max(left.height, right.height)
        sheet = Image.new("RGB", (left.width + GAP + right.width, height), "white")
        sheet.paste(left, (0, 0))
        sheet.paste(right, (left.width + GAP, 0))
        sheet.save(out)
