"""The A4 original."""

import io
from collections.abc import Callable

import pypdf
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest

from app.domain.paper.blocks import (
    Codes,
    Document,
    KeyValue,
    LeftRight,
    Paragraph,
    Rule,
    Seal,
    Signature,
    Title,
    Wrapped,
)
from printing.pdf import render

NAME = "䶮㛃𬱖𠅤𫖯𬭚㻬𬴂䢺𡐓𰻞"
DOCUMENT = Document(
    "SL-05",
    (
        Title("受理通知书"),
        Rule("="),
        Wrapped(f"{NAME}："),
        Paragraph("您“单位”于2026年11月26日提出的申请，现予受理。"),
        KeyValue("办件编号", "9901-0003-20261123-0017-4"),
        LeftRight("经办：0307号", "电话：0000-8000012"),
        Codes(("ZW1:1", "ZW1R:2"), "扫码"),
        Seal("示范县市场监督管理局", "（专用章）"),
        Signature("签收"),
    ),
)
LINES = [
    "示范县市场监督管理局",
    "受理通知书",
    f"{NAME}：",
    "您“单位”于2026年11月26日提出的申请，现予受理。",
    "办件编号：9901-0003-20261123-0017-4",
    "（专用章）",
]


def by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfium(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(str(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
@pytest.mark.parametrize("line", LINES)
def test_text_copied_from_the_original_is_what_was_printed(read: Callable[[bytes], str], line: str) -> None:
    assert line in [each.strip() for each in read(render(DOCUMENT)).splitlines()]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(DOCUMENT) == render(DOCUMENT)


def test_a_reprint_says_so() -> None:
    assert "补打 2" in by_pypdf(render(DOCUMENT, reprint=2))


def test_a_long_document_goes_on_another_page_and_loses_nothing() -> None:
    long = Document("SL-03", tuple(KeyValue(f"第{number}项", "材料") for number in range(100)))
    data = render(long)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 1
    assert all(f"第{number}项：材料" in by_pypdf(data) for number in range(100))


def test_a_headline_too_long_for_the_page_is_made_smaller_to_fit() -> None:
    document = pypdfium2.PdfDocument(render(Document("SL-99", (Title("很长的标题" * 8),))))
    try:
        page = document[0]
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert all(left > 0 and right < page.get_width() for left, _, right, _ in boxes)
    finally:
        document.close()


def test_the_original_bears_the_title_of_its_document() -> None:
    metadata = pypdf.PdfReader(io.BytesIO(render(DOCUMENT))).metadata
    assert metadata is not None
    assert metadata.title == "受理通知书"


@pytest.mark.parametrize("rows", range(12, 40, 3))
def test_the_seal_never_stands_on_a_page_without_text(rows: int) -> None:
    blocks = (Seal("某局", "（专用章）"), Signature("签收"))
    document = Document(
        "SL-05", (*[Wrapped("材料")] * rows, KeyValue("经办", "0307"), KeyValue("电话", "0000"), *blocks)
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(document))).pages]
    assert "经办：0307" in next(page for page in pages if "（专用章）" in page)
    assert "签收" in pages[-1]
