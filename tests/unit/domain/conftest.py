"""The demo catalogue, as the domain's tests need it."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.gate import build
from sync.server.catalogue_yaml import read

DEMO = Path(__file__).parents[3] / "resources" / "catalogue" / "demo-9901.yaml"


@pytest.fixture(scope="session")
def demo_bytes() -> bytes:
    return DEMO.read_bytes()


@pytest.fixture
def demo_document(demo_bytes: bytes) -> Any:
    """A document of its own for every test, free to be spoiled."""
    return read(demo_bytes).document


@pytest.fixture(scope="session")
def demo_catalogue(demo_bytes: bytes) -> Catalogue:
    return build(read(demo_bytes).document)
