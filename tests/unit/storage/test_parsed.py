"""An edition of the catalogue is parsed once, in whichever way it is asked for."""

from collections.abc import Mapping
from typing import Any

from app.storage.parsed import Parsed


def test_the_edition_in_force_is_not_parsed_again_beside_itself(published_tables: Any) -> None:
    asked: list[int] = []

    def document(version: int) -> Mapping[str, Any]:
        asked.append(version)
        found: Mapping[str, Any] = published_tables["catalogue"][0]["document"]
        return found

    parsed = Parsed()
    in_force = parsed.catalogue(2, 1, document)
    assert parsed.earlier(2, 1, document) is in_force
    before = parsed.earlier(1, 1, document)
    assert before is not in_force
    assert parsed.earlier(1, 1, document) is before
    assert parsed.catalogue(2, 1, document) is in_force
    assert asked == [2, 1]
