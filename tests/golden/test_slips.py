"""Every slip as it comes out; after a wanted change write the files anew with ``chuangkou slip`` and read the diff."""

import json
from pathlib import Path

import pytest

from app.domain.paper.blocks import Document, document_from_json, document_to_json
from app.domain.paper.layout import as_text, lay_out
from printing.charset import encode as encode_text
from printing.profile import PrinterProfile
from printing.thermal import encode

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("columns", [48, 32])
def test_the_text_of_a_slip_is_as_agreed(sample: str, document: Document, columns: int) -> None:
    expected = (DATA / f"{sample}.{columns}.txt").read_text(encoding="utf-8")
    assert as_text(lay_out(document, columns), columns) == expected


def test_only_names_need_more_than_a_gbk_printer_has(sample: str, document: Document) -> None:
    lines = as_text(lay_out(document, 48), 48).splitlines()
    drawn = [line for line in lines if encode_text(line, "gbk") is None]
    assert drawn == (["䶮某："] if sample == "SL-05-rare-name" else [])


def test_the_bytes_of_receipt_completion_notice_and_barcode_are_as_agreed(sample: str, document: Document) -> None:
    file = DATA / f"{sample}.bin"
    if sample.startswith(("SL-05", "SL-11", "SL-01-barcode")):
        assert encode(document, PrinterProfile()) == file.read_bytes()
    else:
        assert not file.exists()


def test_a_slip_prints_in_three_seconds_at_9600_baud(sample: str, document: Document) -> None:
    assert len(encode(document, PrinterProfile())) <= 2600


def test_a_slip_frozen_with_its_act_prints_the_same_years_later(document: Document) -> None:
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document
