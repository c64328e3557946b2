"""What stands between a reader's driver and the simulated module: a serial cable, a USB bus, a vendor's library."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.sam.simulator import SamSimulator

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def simulator() -> Iterator[SamSimulator]:
    """A module that lies on the desk, switched on."""
    simulator = SamSimulator("127.0.0.1", 0)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture(scope="session")
def vendor_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vendor's library, compiled for this machine."""
    compiler = shutil.which("tcc") or shutil.which("cc")
    assert compiler is not None, "installer/debian-packages.txt names a C compiler"
    library = tmp_path_factory.mktemp("vendor") / "sdtapi.so"
    source = Path(__file__).with_name("fake_sdt.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    return library
