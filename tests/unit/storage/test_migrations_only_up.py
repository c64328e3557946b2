"""Neither store is taken back to an older schema: every migration of both trees says so, and nothing is dropped."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.commands.system_clock import SystemClock
from app.storage import schema as counter_schema
from sync.server.storage import schema as server_schema
from sync.server.storage.engine import open_storage

TREES = {"counter": Path(counter_schema.__file__).with_name("migrations"), "server": server_schema.MIGRATIONS}
STEPS = [
    pytest.param(tree, each, id=f"{tree}-{each.revision}")
    for tree, path in TREES.items()
    for each in ScriptDirectory(str(path)).walk_revisions()
]


@pytest.mark.parametrize(("tree", "step"), STEPS)
def test_no_step_goes_back(tree: str, step: Any) -> None:
    with pytest.raises(NotImplementedError, match=f"the {tree}'s store is never taken back to an older schema"):
        step.module.downgrade()


def test_a_server_asked_to_go_back_keeps_every_table(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/server.db", SystemClock())
    tables = inspect(storage.engine).get_table_names()
    config = Config()
    config.set_main_option("script_location", str(server_schema.MIGRATIONS))
    with storage.engine.connect() as connection:
        config.attributes["connection"] = connection.execution_options(writes=True)
        with connection.begin(), pytest.raises(NotImplementedError, match="the server's store"):
            command.downgrade(config, "base")
        assert server_schema.version(connection) == server_schema.SCHEMA
    assert inspect(storage.engine).get_table_names() == tables
    storage.close()
