"""I10 批文单据完整清晰准确: rare names legible, nothing left out, a second copy says that it is one."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from ending_hands import CARD
from living_counter import Key, Living
from PIL import Image, ImageChops, ImageDraw, ImageFont
from pressing import pressed
from PySide6.QtCore import Qt

from app.commands import slip
from app.domain.paper.blocks import document_from_json
from app.domain.paper.layout import TextLine, as_text, lay_out
from app.domain.paper.width import text_width
from app.main import main
from printing import bitmap, fonts, pdf
from printing.profile import PrinterProfile

RARE = "䶮"
SAMPLES = Path(__file__).parents[1] / "golden" / "data"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def accepted(counter: Living) -> Any:
    """䶮某 is accepted; returns the paper."""
    counter.press(Key.Key_F2)
    counter.lay(replace(CARD, name=f"{RARE}某"))
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_Plus)
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for field in card.form.to_fill():
        counter.write("15400000001" if field.name == "phone" else "5" if field.pattern else "某某经营")
        counter.press(Key.Key_Return)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.job is not None)
    assert counter.state.job is not None
    return document_from_json(counter.state.job.document)


def glyph(character: str) -> Image.Image:
    """The font's own drawing of the character, trimmed to its ink."""
    face = next(each for each in fonts.RASTER_CHAIN if not fonts.absent(character, (each,)))
    font = ImageFont.truetype(str(fonts.font_path(face)), 24)
    picture = Image.new("L", (48, 48), 255)
    ImageDraw.Draw(picture).text((12, 12), character, font=font, fill=0)
    return trimmed(picture)


def trimmed(picture: Image.Image) -> Image.Image:
    """Return the ink alone as white on black, 24 dots square."""
    ink = picture.convert("L").point(lambda dot: 255 if dot < 128 else 0)
    return ink.crop(ink.getbbox()).resize((24, 24)).point(lambda dot: 255 if dot > 96 else 0).convert("1")


def alike(one: Image.Image, other: Image.Image) -> float:
    """Return how much of the ink of both lies in the same place, 0 to 1."""
    both, either = ImageChops.logical_and(one, other), ImageChops.logical_or(one, other)
    return both.convert("L").histogram()[255] / max(1, either.convert("L").histogram()[255])


def test_i10_a_rare_name_is_legible_on_the_thermal_paper(counter: Living) -> None:
    """I10: name 䶮某 prints legibly on the thermal path: the dots are the font's glyph."""
    document = accepted(counter)
    line = next(each for each in lay_out(document, 48) if isinstance(each, TextLine) and RARE in each.text)
    page = bitmap.render(document, PrinterProfile()).convert("L")
    strip = bitmap.draw_text(line, 576).convert("L")
    places = [
        top
        for top in range(page.height - strip.height + 1)
        if ImageChops.difference(page.crop((0, top, 576, top + strip.height)), strip).getbbox() is None
    ]
    assert places, "the line stands on the paper as it was drawn"
    left = 12 * (line.indent + text_width(line.text.partition(RARE)[0]))
    drawn = trimmed(page.crop((left, places[0], left + 24, places[0] + strip.height)))
    assert alike(drawn, glyph(RARE)) > 0.6
    assert alike(drawn, glyph("某")) < 0.5, "and it is no other character"


def test_i10_a_rare_name_is_legible_on_the_a4_paper(counter: Living) -> None:
    """I10: name 䶮某 prints legibly on the A4 path: what a reader finds in the page is the character."""
    page = pypdf.PdfReader(io.BytesIO(pdf.render(accepted(counter)))).pages[0]
    assert f"{RARE}某" in page.extract_text()


def test_i10_a_reprint_says_which_one_it_is(counter: Living) -> None:
    """I10: reprint shows 补打 n."""
    accepted(counter)
    counter.printed()
    first = counter.state.job
    assert first is not None
    counter.press(Key.Key_P, modifier=CTRL)
    counter.until(lambda: len(jobs(counter)) == 2)
    again = jobs(counter)[-1]
    text = as_text(lay_out(document_from_json(again.document), 48, again.reprint), 48)
    assert "补打 1" in text
    assert "补打" not in as_text(lay_out(document_from_json(first.document), 48, first.reprint), 48)


def jobs(counter: Living) -> list[Any]:
    case = counter.state.issued
    assert case is not None
    with counter.kit.store.read() as view:
        return list(view.print_jobs_of(case.case_id))


@pytest.mark.parametrize("field", ["doc_no", "applicant", "promise_date"])
def test_i10_a_missing_field_is_named_and_nothing_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str
) -> None:
    """I10: removing a required field makes print fail with its name."""
    fields = json.loads((SAMPLES / "SL-05.json").read_text("utf-8"))
    data, out = tmp_path / "fields.json", tmp_path / "paper.txt"
    data.write_text(json.dumps(fields), "utf-8")
    assert main(["slip", "SL-05", "--data", str(data), "--out", str(out)]) == slip.DONE
    out.unlink()
    fields.pop(field)
    data.write_text(json.dumps(fields), "utf-8")
    assert main(["slip", "SL-05", "--data", str(data), "--out", str(out)]) == slip.REFUSED
    assert f"缺少必填内容：{field}" in capsys.readouterr().out
    assert not out.exists()
