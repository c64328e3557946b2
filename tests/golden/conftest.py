"""Sample slips: the fields of every template, and the documents they give."""

import json
from pathlib import Path

import pytest

from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.storage.slip_files import load_templates

DATA = Path(__file__).parent / "data"
SAMPLES = sorted(path.stem for path in DATA.glob("*.json"))


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def document(sample: str) -> Document:
    fields = json.loads((DATA / f"{sample}.json").read_text(encoding="utf-8"))
    return fill(load_templates()[sample[:5]], fields)
