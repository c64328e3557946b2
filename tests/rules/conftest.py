"""The rules of the seed documents, each entered by key press or HTTP; helpers lie beside this file and in tests/ui."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
# Test folders are no packages.
sys.path += [str(HERE), str(HERE.parent / "ui")]


def pytest_configure(config: pytest.Config) -> None:
    """The server runs in this process here: what its web framework says of next year's spelling is no fault of ours."""
    for kind in ("ignore:Deprecated:DeprecationWarning", "ignore::litestar.exceptions.LitestarDeprecationWarning"):
        config.addinivalue_line("filterwarnings", kind)


@pytest.fixture(scope="session")
def _published(memory_of: Any) -> Iterator[Any]:
    """The one server of all tests about the catalogue."""
    from published_hall import opened_hall  # noqa: PLC0415 - only where it is wanted

    with opened_hall(memory_of) as as_published:
        yield as_published


@pytest.fixture
def catalogue_hall(_published: Any) -> Any:
    """A hall in which the demo catalogue was just published."""
    return _published()


@pytest.fixture(scope="session")
def _clocks(memory_of: Any) -> Iterator[Any]:
    """One server for all tests of clocks and cards: its application takes longer to put together than they run."""
    from clock_hall import clock_hall  # noqa: PLC0415 - nobody else here needs it

    with clock_hall(memory_of) as anew:
        yield anew


@pytest.fixture
def hall_of_clocks(_clocks: Any) -> Any:
    """The hall as it was opened: nobody waits, no case is open."""
    return _clocks()


@pytest.fixture
def _furnished(hall_of_clocks: Any) -> Any:
    """The same hall with every place and person of the demo cases."""
    from demo_desk import furnish  # noqa: PLC0415 - as above

    furnish(hall_of_clocks)
    return hall_of_clocks


@pytest.fixture
def demo_hall(_furnished: Any, qtbot: Any) -> Iterator[Any]:
    """What opens the places of one demo case."""
    from demo_desk import opened  # noqa: PLC0415 - as above

    with opened(_furnished, qtbot) as hall:
        yield hall


@pytest.fixture
def desk_for(hall_of_clocks: Any) -> Iterator[Any]:
    """Return what seats a clerk and a reviewer of an item at a new counter."""
    from clock_hall import desk_of  # noqa: PLC0415 - as above

    desks: list[Any] = []
    yield lambda item_id: desks.append(desk_of(hall_of_clocks, item_id)) or desks[-1]
    for each in desks:
        each.close()


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A month of a hall on the server's own store, for the ledgers."""
    from month_of_cases import month_in  # noqa: PLC0415 - as above

    with month_in(tmp_path_factory.mktemp("month")) as made:
        yield made
