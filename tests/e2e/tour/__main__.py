"""``make tour``: one citizen after the other through the real programs, with real key events and real paper."""

import shutil
import sys

from album import Album
from chapters import CHAPTERS, begin, the_next_morning
from hall import Hall
from hands import ROOT, Display

WIDTH, HEIGHT = 2900, 1080


def main() -> int:
    """Walk through all chapters; any step that does not come out ends the tour with its reason."""
    folder = ROOT / "build" / "tour"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Display(WIDTH, HEIGHT) as display:
        album = Album(folder, display)
        try:
            with Hall(display, folder / "data") as hall:
                tour = begin(hall, album)
                for chapter in CHAPTERS:
                    chapter(tour)
            with Hall(display, folder / "data") as hall:
                the_next_morning(hall, album)
        except BaseException:
            album.step("failed", "到这里停下")
            raise
        finally:
            album.close()
    print(f"album: {folder.relative_to(ROOT)}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
