"""``make tour``: one citizen after the other through the real programs, with real key events and real paper."""

import shutil
import sys

from album import Album
from chapters import CHAPTERS, begin
from hall import Hall
from hands import ROOT, Display

WIDTH, HEIGHT = 2900, 1080


def main() -> int:
    """Walk through all chapters; any step that does not come out ends the tour with its reason."""
    folder = ROOT / "build" / "tour"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Display(WIDTH, HEIGHT) as display:
        hall = Hall(display, folder / "data")
        album = Album(folder, display)
        try:
            hall.ready()
            tour = begin(hall, album)
            for chapter in CHAPTERS:
                chapter(tour)
        except BaseException:
            album.step("failed", "到这里停下")
            raise
        finally:
            status = hall.close()
            album.close()
        assert status == 0, f"the demo ended with {status}"
    print(f"album: {folder.relative_to(ROOT)}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
