"""The looks of ``chuangkou doctor``: each state of a part, its sentence and its advice; none can hang."""

import email.utils
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text as sql

from app.commands.checkup import machine
from app.commands.checkup.devices import printer
from app.commands.checkup.finding import Finding, Ill, Looking, Seen, State, look
from app.commands.checkup.server import server_findings
from app.commands.doctor import device_looks, examine
from app.commands.settings import PrinterSettings, load_settings
from app.commands.system_clock import SystemClock
from app.storage.keys import key_place, load_keys
from app.storage.messages import text
from app.storage.opening import open_file
from devices.found import Found, Looks, printer_files, serial_ports
from printing import fonts
from printing.address import parse_printer
from printing.simulator.printer import PrinterSimulator

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = (
    'server = "http://127.0.0.1:1"\ntoken_file = "token"\nkey_store = "file"\n[printer]\nurl = "tcp://127.0.0.1:1"\n'
)


def test_a_look_that_hangs_is_given_up_with_an_advice() -> None:
    never = threading.Event()

    def hang() -> str:
        never.wait()
        return ""

    (found,) = Looking.at("reader", hang, 0.05).findings()
    never.set()
    assert (found.ok, found.state, found.code) == (False, State.FAULT, "doctor_timeout")
    assert "0.05 秒" in found.message
    assert found.advice.startswith("请拔下")


def test_a_mistake_of_this_program_is_not_taken_for_a_fault_of_the_machine() -> None:
    with pytest.raises(ZeroDivisionError):
        Looking.at("reader", lambda: str(1 // 0), 5).findings()


def test_every_state_says_what_is_the_matter_and_what_to_do() -> None:
    def ill() -> str:
        raise Ill("device_port_absent", "advice_check_cable")

    assert look("reader", ill) == Finding(
        "reader",
        ok=False,
        state=State.FAULT,
        message="找不到设备的端口",
        advice="请检查连接线和电源，插上就能读",
        code="device_port_absent",
    )
    assert look("disk", lambda: Seen("剩 1 MB", "disk_low")) == Finding(
        "disk",
        ok=True,
        state=State.WARNING,
        message="剩 1 MB，磁盘快满了",
        advice="请清理磁盘，至少留 2 GB",
        code="disk_low",
    )
    assert look("disk", lambda: "好") == Finding("disk", ok=True, state=State.OK, message="好")


def test_the_fonts_are_asked_for_the_rare_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "RASTER_CHAIN", (fonts.WENKAI,))  # the others take seconds to read
    monkeypatch.setattr(fonts, "PDF_CHAIN", (fonts.WENKAI,))
    assert "𰻞" in str(machine.fonts("𰻞䶮"))
    with pytest.raises(Ill) as ill:
        machine.fonts("䶮\U0010fffd")
    assert (ill.value.code, "\U0010fffd" in ill.value.message) == ("fonts_lack", True)


def test_the_database_is_read_as_it_is_and_a_newer_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "counter.toml").write_text(SETTINGS)
    settings = load_settings(tmp_path / "counter.toml")
    assert machine.database(settings, tmp_path) == text("database_new")
    keys = load_keys(key_place("file", tmp_path), SystemClock(), store_exists=False)
    database = open_file(tmp_path / "counter.db", keys.database, SystemClock())
    for revision, said in (("9999", "store_newer"), ("0000", "")):
        with database.write() as connection:
            connection.execute(sql("UPDATE alembic_version SET version_num = :number"), {"number": revision})
        if said:
            with pytest.raises(Ill, match=said):
                machine.database(settings, tmp_path)
        else:
            assert "表结构 0000，下次开窗升到" in machine.database(settings, tmp_path)
    database.close()
    assert machine.keys(settings, tmp_path) == "密钥文件 counter.key，权限 0600，有"
    (tmp_path / "counter.key").chmod(0o644)
    with pytest.raises(Ill, match="key_exposed"):
        machine.keys(settings, tmp_path)


@pytest.mark.parametrize(("free", "code"), [(10 << 30, ""), (1 << 30, "disk_low"), (1 << 20, "disk_none")])
def test_a_disk_that_fills_is_told_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert look("disk", lambda: machine.disk(tmp_path / "not" / "yet")).code == code


def test_a_long_log_of_the_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "counter.db-wal").write_bytes(b"x" * 5000)
    monkeypatch.setattr(machine, "WAL_LARGE", 4999)
    assert look("disk", lambda: machine.disk(tmp_path)).code == "disk_log_large"


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Make a server that says of its health and its date what the test wants."""
    running: list[http.server.HTTPServer] = []

    def start(said: object, date_s: float) -> str:
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response_only(200 if self.path == "/healthz" else 404)
                self.send_header("Date", email.utils.formatdate(date_s, usegmt=True))
                self.end_headers()
                body = said if self.path == "/healthz" else {"error": "not_found", "message": ""}
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("version", "off_s", "states"),
    [
        ("0.1.0", 0, {"server": "", "clock": "", "token": ""}),
        ("9.9.9", 100, {"server": "server_other_version", "clock": "clock_off", "token": ""}),
        ("0.1.0", -4000, {"server": "", "clock": "clock_wrong", "token": ""}),
    ],
)
def test_the_server_is_asked_for_version_clock_and_token(
    tmp_path: Path, answering: Callable[..., str], version: str, off_s: float, states: dict[str, str]
) -> None:
    clock = SystemClock()
    (tmp_path / "token").write_text("secret")
    url = answering({"status": "ok", "version": version}, clock.now_ms() / 1000 + off_s)
    found = server_findings(url, clock, tmp_path / "token", "file", tmp_path)
    assert {each.part: each.code for each in found} == states
    assert "secret" not in str(found)
    missing = server_findings(url, clock, tmp_path / "none", "file", tmp_path)
    assert missing[-1].code == "token_unreadable"
    other = answering({"status": "fine"}, 0)
    assert [each.code for each in server_findings(other, clock, None, "file", tmp_path)] == ["trouble_server_not_ours"]


def test_the_printer_says_what_it_lacks(tmp_path: Path) -> None:
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock())
    simulator.start()
    settings = PrinterSettings("tcp://{}:{}".format(*simulator.address), "gbk", 48)
    try:
        assert look("printer", lambda: printer(settings)).state is State.OK
        simulator.handle({"do": "fault", "kind": "near_end"})
        assert look("printer", lambda: printer(settings)).code == "doctor_near_end"
        simulator.handle({"do": "fault", "kind": "paper_out"})
        found = look("printer", lambda: printer(settings))
        assert (found.code, found.advice) == ("printer_paper_out", "装纸，自动续打")
    finally:
        simulator.stop()


def test_a_folder_and_a_program_that_are_named_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "counter.toml").write_text(
        f'{SETTINGS}[camera]\nfolder = "scans"\n[[token]]\nform = "T.*"\nprogram = ["/no/such/program"]\n'
    )
    settings = load_settings(tmp_path / "counter.toml")
    found = {part: look(part, examine) for part, examine in device_looks(settings, tmp_path)}
    assert {part: each.code for part, each in found.items()} == {
        "camera": "camera_no_folder", "tokens": "token_no_program",
    }  # fmt: skip
    (tmp_path / "scans").mkdir()
    assert look("camera", dict(device_looks(settings, tmp_path))["camera"]).ok


def test_the_settings_of_a_desk_without_devices_are_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / "counter.toml").write_text(
        'place = "floor"\nserver = "http://127.0.0.1:1"\nhall = "9901"\ntoken_file = "token"\n'
    )
    assert [each.part for each in examine(tmp_path)] == ["fonts", "settings", "disk", "server"]


def port(device: str, vendor: int | None, product: int | None, words: str = "n/a") -> SimpleNamespace:
    return SimpleNamespace(device=device, vid=vendor, pid=product, description=words)


def test_what_is_plugged_in_is_named_by_its_numbers(tmp_path: Path) -> None:
    ports = [
        port("COM9", 0x0400, 0xC35A),
        port("COM3", 0x1A86, 0x7523, "USB Serial"),
        port("COM4", 0x1EAB, 0x1D06),
        port("COM1", None, None),
    ]
    assert list(serial_ports(ports)) == [
        Found("COM1", Looks.PORT, ""),
        Found("COM3", Looks.ADAPTER, "USB Serial"),
        Found("COM4", Looks.SCANNER, ""),
        Found("COM9", Looks.READER, ""),
    ]
    assert list(serial_ports([port("/dev/ttyUSB77", None, None)])) == [
        Found("/dev/ttyUSB77", Looks.ADAPTER, "", open_to_us=False)
    ]
    about = tmp_path / "about" / "lp0" / "device"
    about.mkdir(parents=True)
    (about / "ieee1284_id").write_text("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;\n")
    (tmp_path / "lp0").touch()
    (found,) = printer_files(tmp_path, tmp_path / "about")
    assert found == Found(f"file:{tmp_path}/lp0", Looks.PRINTER, "EPSON TM-T88V")
    assert parse_printer(found.address)
    assert all(text(each) != each for each in Looks)


def test_the_rules_for_linux_name_every_kind_of_device() -> None:
    rules = (ROOT / "installer" / "60-chuangkou-devices.rules").read_text()
    assert "60-chuangkou-devices.rules" in text("advice_give_access")
    lines = [line for line in rules.splitlines() if line and not line.startswith("#")]
    for line in lines:
        for pair in line.split(", "):
            assert pair.endswith('"'), pair
        assert 'MODE="0660"' in line
        assert 'TAG+="uaccess"' in line
    assert [sign in rules for sign in ('"0400"', '"c35a"', ":0701", "ttyACM")] == [True] * 4
