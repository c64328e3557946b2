"""What a data directory makes of a computer, and what an enrolment writes into its settings."""

import tomllib
from pathlib import Path

import pytest

from app.commands.enrolled_settings import write_identity
from app.commands.floor_settings import FloorSettings
from app.commands.opening import Machine, Opening
from app.commands.place import NotEnrolled, place_of
from app.commands.settings import BadSettings, CounterSettings, PrinterSettings
from app.commands.system_clock import SystemClock
from app.domain.rights import Role
from app.ports.enrolment import Identity
from app.storage.device_token import TokenFile
from ui.screens.counter.bridge import Bridge
from ui.screens.door.state import EnrolDoor

URL = "http://10.0.0.1:8642"
COUNTER = Identity("9901", "A05", Role.COUNTER, "A05", "t" * 48)
GUIDE = Identity("9901", "guide", Role.GUIDE, None, "t" * 48)
LOCAL = "tcp://127.0.0.1:9100"
MANAGER = Identity("9901", "manager", Role.FLOOR_MANAGER, None, "t" * 48)


def test_a_directory_with_nothing_in_it_is_a_new_computer(tmp_path: Path) -> None:
    assert place_of(tmp_path, URL) == NotEnrolled(URL, "keyring")
    (tmp_path / "counter.toml").write_text('key_store = "file"\n[printer]\nurl = "tcp://10.0.0.2:9100"\n', "utf-8")
    assert place_of(tmp_path, URL) == NotEnrolled(URL, "file")


@pytest.mark.parametrize(
    ("content", "server", "fault"),
    [
        (None, None, "settings_unreadable"),
        (None, "10.0.0.1", "settings_wrong_value"),
        ('key_store = "paper"', URL, "settings_wrong_value"),
        ("key_store =", URL, "settings_not_toml"),
        ('device = ""\nserver = "http://h"\n[printer]\nurl = "x"', None, "settings_missing_key"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, content: str | None, server: str | None, fault: str) -> None:
    if content is not None:
        (tmp_path / "counter.toml").write_text(content, "utf-8")
    with pytest.raises(BadSettings) as refused:
        place_of(tmp_path, server)
    assert refused.value.fault == fault


def test_a_counter_keeps_what_the_installer_wrote(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text(
        '# 二楼\nserver = "http://old"\nkey_store = "file"\n\n[printer]\nurl = "tcp://10.0.0.2:9100"\n'
        '[reader]\nurl = "/dev/ttyUSB0"  # device = here\n',
        "utf-8",
    )
    write_identity(file, URL, "file", COUNTER)
    settings = place_of(tmp_path, None)
    assert isinstance(settings, CounterSettings)
    assert (settings.server, settings.token_file, settings.key_store) == (URL, None, "file")
    assert (settings.printer.url, settings.reader.url) == ("tcp://10.0.0.2:9100", "/dev/ttyUSB0")
    assert "# 二楼" in file.read_text("utf-8")
    write_identity(file, URL, "file", COUNTER)
    assert tomllib.loads(file.read_text("utf-8"))["device"] == "A05"


def test_a_new_counter_gets_settings_it_can_start_with(tmp_path: Path) -> None:
    write_identity(tmp_path / "counter.toml", URL, "keyring", COUNTER)
    settings = place_of(tmp_path, URL)
    assert isinstance(settings, CounterSettings)
    assert settings.printer.columns == 48


def test_a_managers_desk_gets_its_hall(tmp_path: Path) -> None:
    (tmp_path / "counter.toml").write_text('key_store = "file"\n[printer]\nurl = "tcp://h"\n', "utf-8")
    write_identity(tmp_path / "counter.toml", URL, "file", MANAGER)
    assert place_of(tmp_path, None) == FloorSettings(URL, "9901", None, None, "file")


def test_a_guide_desk_gets_its_hall_and_keeps_its_printer(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text('key_store = "file"\n[reader]\nurl = "/dev/ttyUSB0"\n', "utf-8")
    write_identity(file, URL, "file", GUIDE)
    begun = place_of(tmp_path, None)
    assert begun == FloorSettings(URL, "9901", None, None, "file", Role.GUIDE, PrinterSettings(LOCAL, "gbk", 48))
    file.write_text(file.read_text("utf-8").replace(LOCAL, "tcp://printer-2"), "utf-8")
    write_identity(file, URL, "file", GUIDE)
    again = place_of(tmp_path, None)
    assert isinstance(again, FloorSettings)
    assert again.printer == PrinterSettings("tcp://printer-2", "gbk", 48)


def test_a_computer_that_lost_its_token_stands_at_the_door_again(tmp_path: Path) -> None:
    (tmp_path / "counter.toml").write_text('key_store = "file"\n', "utf-8")
    write_identity(tmp_path / "counter.toml", URL, "file", COUNTER)
    place = place_of(tmp_path, None)
    door = Opening(Machine(tmp_path, None, SystemClock()), place).open(Bridge())
    assert isinstance(door, EnrolDoor)
    assert (door.server, door.key_store) == (URL, "file")


def test_the_token_is_private_and_replaced_as_a_whole(tmp_path: Path) -> None:
    place = TokenFile(tmp_path / "device.token")
    assert place.read() is None
    place.write("a" * 48)
    place.write("b" * 48)
    assert place.read() == "b" * 48
    assert (tmp_path / "device.token").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["device.token"]
