"""Reading an uploaded catalogue file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.server.catalogue_yaml import MAX_BYTES, MAX_NODES, CatalogueFileError, FileFault, read

FILE = """\
# a comment
items:
  - id: ITM-01
    fee: {charge: false,
          basis: 免费}
  - id: ITM-02
"""


def test_a_value_knows_its_line() -> None:
    file = read(FILE.encode())
    assert file.document == {"items": [{"id": "ITM-01", "fee": {"charge": False, "basis": "免费"}}, {"id": "ITM-02"}]}
    assert file.line_of(("items",)) == 2
    assert file.line_of(("items", 0, "fee", "basis")) == 5
    assert file.line_of(("items", 1)) == 6


def test_what_is_missing_has_the_line_of_what_should_hold_it() -> None:
    file = read(FILE.encode())
    assert file.line_of(("items", 0, "fee", "rules", 3, "fen")) == 4
    assert file.line_of(("items", 1, "name")) == 6
    assert file.line_of(("center",)) == 2


def test_words_stay_text_and_dates_too() -> None:
    document = read(b'no: yes\non: off\nday: 2026-01-01\ncode: 0301\nrate: 1.5\nnight: 22:30\nq: "1"\n').document
    assert document == {
        "no": "yes", "on": "off", "day": "2026-01-01", "code": "0301", "rate": "1.5", "night": "22:30", "q": "1",
    }  # fmt: skip


def test_numbers_flags_and_null_are_what_json_has() -> None:
    assert read(b"[0, 12, -3, true, false, null, ~, '']").document == [0, 12, -3, True, False, None, None, ""]


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert read(b"\xef\xbb\xbfa: 1").document == {"a": 1}


@pytest.mark.parametrize(
    ("data", "fault", "line"),
    [
        (b"", FileFault.NOT_ONE_DOCUMENT, 1),
        (b"a: 1\n---\nb: 2", FileFault.NOT_ONE_DOCUMENT, 2),
        (b"a: 1\nb: \xff", FileFault.NOT_UTF8, 2),
        (b"a: 1\nb: [1", FileFault.NOT_YAML, 3),
        (b"a: 1\nb: \x07", FileFault.NOT_YAML, None),
        (b"a: &x [1]\nb: 2", FileFault.ALIAS, 1),
        (b"b: 1\na: *x", FileFault.ALIAS, 2),
        (b"a: 1\nb: !!python/name:os.system x", FileFault.TAG, 2),
        (b"a: 1\nb: !!str 1", FileFault.TAG, 2),
        (b"a: 1\nb: 2\na: 3", FileFault.DUPLICATE_KEY, 3),
        (b"a: {x: 1, x: 2}", FileFault.DUPLICATE_KEY, 1),
        (b"? [a]\n: 1", FileFault.KEY, 1),
        (b"k" * 101 + b": 1", FileFault.KEY, 1),
        (b"[" * 1000, FileFault.TOO_DEEP, 1),
        (b"- " * 1000 + b"1", FileFault.TOO_DEEP, 1),
        (b"[" + b"1," * (MAX_NODES + 1) + b"]", FileFault.TOO_MANY_VALUES, 1),
        (b" " * (MAX_BYTES + 1), FileFault.TOO_LARGE, None),
    ],
)
def test_anything_beyond_plain_values_is_refused_with_its_line(data: bytes, fault: FileFault, line: int | None) -> None:
    with pytest.raises(CatalogueFileError) as refused:
        read(data)
    assert (refused.value.fault, refused.value.line) == (fault, line)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{},&*!|>'\"#\n \t?%@", max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    try:
        file = read(data)
    except CatalogueFileError:
        return
    assert file.line_of(("any", 1)) >= 1
