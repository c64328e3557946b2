"""The A4 thread on the real store and a real folder: what is queued comes out, what breaks is told, nothing twice."""

import shutil
import subprocess
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pypdf
import pytest

from app.domain.original import Original, OriginalState, queued, sealed
from app.domain.paper.blocks import Codes, Document, Paragraph, Seal, Signature, Title, Wrapped, document_to_json
from app.ports.originals import A4Fault, A4Reason, HandedOver, OriginalPrinter
from app.storage.originals import CounterOriginals
from printing.a4_bitmap import SCALE, render
from printing.a4_page import HEIGHT, WIDTH
from printing.a4_printer import FolderPrinter
from printing.a4_spooler import A4Spooler

NAME = "𠅤䶮𰻞"
DOCUMENT = Document(
    "SL-05",
    (
        Title("受理通知书"),
        Wrapped(f"{NAME}："),
        Paragraph("您（单位）提出的申请，现予受理。"),
        Codes(("ZW1:1",), "扫码"),
        Seal("示范县市场监督管理局", "（行政审批专用章）"),
        Signature("申请人（代理人）签收"),
    ),
)
NUMBER = "示食许受〔2026〕0003-0001号"


class Deaf:
    """A printer that refuses, or leaves it open."""

    def __init__(self, fault: A4Fault) -> None:
        self._fault = fault

    def hand_over(self, pdf: bytes, name: str, copies: int) -> HandedOver:
        raise self._fault

    def stop_waiting(self) -> None:
        """It never waits."""

    def keep_only(self, names: Collection[str]) -> None:
        """Nothing is kept."""


def owe(kit: Any, original_id: str = "original-1", *, wait: bool = True) -> Original:
    original = Original(original_id, "case-1", "SL-05", "受理通知书", NUMBER, "食品经营许可（新办）", 1)
    with kit.store.begin() as work:
        work.owe_original(original, document_to_json(DOCUMENT))
        if wait:
            work.put_original(queued(original))
    return original


def state(kit: Any, original_id: str = "original-1") -> Original:
    with kit.store.read() as view:
        found = view.original(original_id)
    assert found is not None
    return found


def seal(kit: Any, original_id: str) -> None:
    done = sealed(state(kit, original_id), "0302", 2)
    with kit.store.begin() as work:
        work.put_original(done)


def spooler(kit: Any, printer: OriginalPrinter) -> A4Spooler:
    return A4Spooler(CounterOriginals(kit.database), printer, kit.clock, lambda: None)


def text_of(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def text_by_poppler(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_what_waits_comes_out_as_a_pdf_whose_rare_names_can_be_copied(kit: Any, tmp_path: Path) -> None:
    owe(kit)
    assert spooler(kit, FolderPrinter(tmp_path)).step()
    (file,) = tmp_path.iterdir()
    assert file.name.startswith(NUMBER)
    for read in (text_of, text_by_poppler) if shutil.which("pdftotext") else (text_of,):
        words = read(file)
        assert f"{NAME}：" in words
        assert "示范县市场监督管理局" in words
        assert "申请人（代理人）签收" in words
        assert "补打" not in words
    after = state(kit)
    assert (after.state, after.prints, after.place) == (OriginalState.PRINTED, 1, str(file))


def test_a_second_printing_says_so_on_the_paper_and_takes_no_file_away(kit: Any, tmp_path: Path) -> None:
    owe(kit)
    printing = spooler(kit, FolderPrinter(tmp_path))
    printing.step()
    waiting = queued(state(kit))
    with kit.store.begin() as work:
        work.put_original(waiting)
    printing.step()
    first, second = sorted(tmp_path.iterdir(), key=lambda each: len(each.name))
    assert "补打" not in text_of(first)
    assert "补打 1" in text_of(second)
    assert state(kit).prints == 2


def test_without_a_printer_it_stays_on_the_list_with_its_place(kit: Any, tmp_path: Path) -> None:
    owe(kit)
    spooler(kit, FolderPrinter(tmp_path, kept=True)).step()
    assert state(kit).state is OriginalState.KEPT
    with kit.store.read() as view:
        (owed,) = view.originals_owed()
    assert Path(owed.place).is_file()


@pytest.mark.parametrize(
    ("fault", "wanted", "prints"),
    [
        (A4Fault(A4Reason.REFUSED), OriginalState.OWED, 0),
        (A4Fault(A4Reason.UNANSWERED, unsure=True), OriginalState.UNKNOWN, 1),
    ],
)
def test_a_printer_that_fails_is_named_in_the_row(kit: Any, fault: A4Fault, wanted: OriginalState, prints: int) -> None:
    owe(kit)
    spooler(kit, Deaf(fault)).step()
    after = state(kit)
    assert (after.state, after.prints, after.fault) == (wanted, prints, fault.reason.value)


def test_a_content_that_no_template_gave_is_told_and_stops_nobody(kit: Any, tmp_path: Path) -> None:
    broken = owe(kit, wait=False)
    with kit.store.begin() as work:
        other = replace(broken, original_id="original-0", created_ms=0)
        work.owe_original(other, {"version": 99})
        work.put_original(queued(other))
        work.put_original(queued(broken))
    printing = spooler(kit, FolderPrinter(tmp_path))
    while printing.step():
        pass
    assert (state(kit, "original-0").state, state(kit, "original-0").fault) == (OriginalState.OWED, "a4_not_rendered")
    assert state(kit).state is OriginalState.PRINTED


def test_what_was_on_its_way_when_the_program_ended_is_in_doubt(kit: Any, tmp_path: Path) -> None:
    owe(kit)
    assert CounterOriginals(kit.database).claim("original-1") is not None
    printing = spooler(kit, FolderPrinter(tmp_path))
    printing.recover()
    assert not printing.step()
    after = state(kit)
    assert (after.state, after.fault, after.prints) == (OriginalState.UNKNOWN, "a4_interrupted", 1)


def test_the_thread_prints_what_is_queued_while_it_runs_and_what_waited_before(kit: Any, tmp_path: Path) -> None:
    owe(kit)
    told = Event()
    printing = A4Spooler(CounterOriginals(kit.database), FolderPrinter(tmp_path), kit.clock, told.set)
    printing.start()
    try:
        assert told.wait(20)
        told.clear()
        owe(kit, "original-2")
        printing.wake()
        assert told.wait(20)
    finally:
        printing.stop()
    assert [state(kit, f"original-{n}").state for n in (1, 2)] == [OriginalState.PRINTED] * 2


def test_the_picture_has_the_pages_of_the_pdf(kit: Any) -> None:
    picture = render(DOCUMENT)
    assert picture.size == (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    colours = {colour for _, colour in picture.getcolors(maxcolors=1 << 20)}
    assert {(255, 0, 0), (0, 0, 0), (255, 255, 255)} <= colours
    again = render(DOCUMENT, 1)
    assert again.crop((800, 0, 1191, 200)).tobytes() != picture.crop((800, 0, 1191, 200)).tobytes()


def test_a_pdf_kept_for_a_person_is_deleted_once_its_original_is_sealed(kit: Any, tmp_path: Path) -> None:
    thread = spooler(kit, FolderPrinter(tmp_path, kept=True))
    for original_id in ("original-1", "original-2"):
        owe(kit, original_id)
        assert thread.step()
    thread.tidy()
    assert len(list(tmp_path.iterdir())) == 2

    seal(kit, "original-1")
    thread.tidy()

    (left,) = tmp_path.iterdir()
    assert left.name.startswith(f"{NUMBER}-{'original-2'[-6:]}")


def test_the_folder_of_a_printer_is_never_tidied(kit: Any, tmp_path: Path) -> None:
    thread = spooler(kit, FolderPrinter(tmp_path))
    owe(kit)
    assert thread.step()
    seal(kit, "original-1")

    thread.tidy()

    assert len(list(tmp_path.iterdir())) == 1
