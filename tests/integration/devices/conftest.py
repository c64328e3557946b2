"""``--device=KIND:ADDRESS`` (tests/conftest.py) chooses what the tests of this folder speak to."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent))

import pytest
from at_hand import DO, WAYS, AtHand, hardware, named, simulated


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a kind of device runs on every way to its simulator, or on the hardware that was named."""
    places = dict(named(each) for each in metafunc.config.getoption("--device"))
    for kind in DO:
        if kind in metafunc.fixturenames:
            metafunc.parametrize(kind, [places[kind]] if kind in places else WAYS, indirect=True, ids=str)


def _at_hand(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[AtHand]:
    if request.param in WAYS:
        if request.param == "serial" and sys.platform == "win32":
            pytest.skip("no pseudo terminals")
        with simulated(kind, request.param, folder) as device:
            yield device
        return
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(what: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\n>>> {what}\n")
            sys.stdout.flush()

    yield hardware(kind, request.param, tell)


def _fixture(kind: str) -> Any:
    @pytest.fixture(name=kind)
    def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AtHand]:
        yield from _at_hand(kind, request, tmp_path)

    return device


reader, printer, scanner, display, keypad = map(_fixture, DO)
