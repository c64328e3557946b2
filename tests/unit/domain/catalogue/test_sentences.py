"""Every no of the gate, the file reader and the work card can be said in Chinese."""

from enum import StrEnum

import pytest

from app.domain.catalogue.problem import GateCode
from app.domain.work.refusal import WorkRefusal
from app.storage.messages import FOLDER, merge
from sync.server.catalogue_yaml import FileFault


@pytest.mark.parametrize("code", [*GateCode, *FileFault, *WorkRefusal])
def test_every_no_has_a_sentence(code: StrEnum) -> None:
    assert merge(FOLDER.glob("*.toml"))[code.value].strip()
