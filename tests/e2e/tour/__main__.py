"""``make tour``: one citizen after the other through the real programs, with real key events and real paper.

``power`` is the counter through a dead server and dead power; ``main-path`` the five outcomes, the manager who sees
them, and every slip; ``gallery`` every drawn state. Named parts alone are walked, else all of them.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import main_path
import slips
from album import FAILED, Album, overview
from chapters import CHAPTERS, begin, the_next_morning
from gallery import gallery
from hall import Hall
from hands import ROOT, Display

WHOLE = ROOT / "build" / "tour"
ONE_WINDOW, TWO_WINDOWS = (2900, 1080), (3000, 2170)


@contextmanager
def opened(album: Album, display: Display, *more: str) -> Iterator[Hall]:
    """Open the hall; where the tour ends early, its last picture is taken while the windows are still there."""
    with Hall(display, album.folder / "data", *more) as hall:
        try:
            yield hall
        except BaseException:
            album.step(FAILED, "到这里停下")
            raise


def power(album: Album, display: Display) -> None:
    """One citizen, the server away, the power away, the next morning."""
    with opened(album, display) as hall:
        tour = begin(hall, album)
        for chapter in CHAPTERS:
            chapter(tour)
    with opened(album, display) as hall:
        the_next_morning(hall, album)


def main_path_part(album: Album, display: Display) -> None:
    """Five citizens by keyboard alone before the manager's eyes, then every other slip."""
    with opened(album, display, "--manager") as hall:
        path = main_path.open_path(hall, album, display)
        main_path.walk(path)
        slips.every_slip(path)


PARTS: dict[str, tuple[tuple[int, int], Callable[[Album, Display], None]]] = {
    "power": (ONE_WINDOW, power),
    "main-path": (TWO_WINDOWS, main_path_part),
    "gallery": (ONE_WINDOW, lambda album, _display: gallery(album)),
}


def main() -> int:
    """Walk through the parts; any step that does not come out ends the tour with its reason."""
    for name in sys.argv[1:] or PARTS:
        size, part = PARTS[name]
        walk(WHOLE / name, size, part)
    overview(WHOLE, list(PARTS))
    print(f"album: {WHOLE.relative_to(ROOT)}/index.html")
    return 0


def walk(folder: Path, size: tuple[int, int], part: Callable[[Album, Display], None]) -> None:
    """Walk through one part, with an album of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Display(*size) as display:
        album = Album(folder, display)
        try:
            part(album, display)
        finally:
            album.close()


if __name__ == "__main__":
    sys.exit(main())
