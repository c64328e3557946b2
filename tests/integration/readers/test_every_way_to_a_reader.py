"""The same citizen's card by every way to a module, and a reader that is unplugged at every step."""

import threading

import pytest
from open_files import open_files
from reader_ends import Way, station, way

from app.ports.card_reader import CardLifted, CardRead, CardUnreadable, ReaderBack, ReaderLost
from app.ports.device_fault import Advice, FaultReason
from devices.sam.demo_cards import demo_card

__all__ = ["way"]
LOSSES = (FaultReason.DISCONNECTED, FaultReason.PORT_ABSENT)


def test_cards_are_told_lifted_refused_and_read_again_on_the_clerks_word(way: Way) -> None:
    with station(way) as here:
        assert isinstance(here.next_event(), ReaderBack)
        here.do("lay", person="P6")
        assert here.next_event() == CardRead(demo_card("P6"))
        here.do("lift")
        assert here.next_event() == CardLifted()
        here.do("fault", kind="status", command="read", sw3="33")
        here.do("lay", person="Y1")
        assert here.next_event() == CardUnreadable(FaultReason.VERIFICATION, Advice.LAY_AGAIN)
        here.do("lift")
        assert here.next_event() == CardLifted()
        here.do("mode", find_after_read=False)
        here.do("lay", person="Y1")
        assert here.next_event() == CardRead(demo_card("Y1"))
        here.reader.read_now()
        told = here.next_event()
        assert (here.next_event() if told == CardLifted() else told) == CardRead(demo_card("Y1"))


def test_a_reader_unplugged_in_the_middle_is_lost_once_and_back_once(
    way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    files, threads = open_files(), set(threading.enumerate())
    with station(way) as here:
        for command in ("find", "select", "read"):
            assert isinstance(here.next_event(), ReaderBack)
            here.do("fault", kind="unplug", command=command)
            here.do("lay", person="P6")
            lost = here.next_event()
            assert isinstance(lost, ReaderLost)
            assert lost.reason in LOSSES
            here.do("lift")
            here.plug()
        assert isinstance(here.next_event(), ReaderBack)
        here.do("lay", person="P6")
        assert here.next_event() == CardRead(demo_card("P6"))
    told = [record.getMessage().split()[0] for record in caplog.records if record.name == "devices.sam.driver"]
    assert told == [*["reader_back", "reader_lost"] * 3, "reader_back"]
    assert "䶮" not in caplog.text
    assert demo_card("P6").number not in caplog.text
    for ending in set(threading.enumerate()) - threads:
        ending.join(2.0)  # a connection's thread of the simulator ends a moment after its caller
    assert set(threading.enumerate()) <= threads
    assert open_files() <= files
