"""The sealed A4 original: turned to, printed into the demo's folder, read back, sealed; three keys."""

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
from books import Books
from hands import until

if TYPE_CHECKING:
    from chapters import Tour


def the_original_is_sealed(tour: "Tour") -> None:
    """The citizen holds the slip; the clerk prints the two copies for the stamp, and says that they bear it."""
    desk, album, books = tour.desk, tour.album, Books(tour.hall.data)
    case = books.last_case()
    folder = tour.hall.data / "a4"
    known = pdfs(folder)
    before = desk.window.keys_pressed
    desk.window.press("alt+p")
    album.step("original", "Alt+P：右栏翻到盖章正本")
    desk.window.press("1")
    (file,) = until(lambda: pdfs(folder) - known, 10.0, "no original came out")
    until(lambda: books.count("original", "state = 'printed'") == 1, 5.0, "it does not count as printed")
    album.step("original-printed", "1：正本打印 2 份，等盖章")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    for words in (case["case_no"], case["doc_no"], f"{case['applicant']['name']}：", "申请人（代理人）签收"):
        assert words in text, f"{words} is not on the original: {text}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    desk.window.press("2")
    until(lambda: books.count("original", "state = 'sealed'") == 1, 5.0, "it does not count as sealed")
    album.step("original-sealed", "2：已盖章，从待出清单里去掉")
    assert desk.window.keys_pressed - before == 3
    assert books.last_operation("document")["kind"] == "document.sealed"


def pdfs(folder: Path) -> set[Path]:
    """The files that the demo's A4 printer took."""
    return set(folder.glob("*.pdf"))
