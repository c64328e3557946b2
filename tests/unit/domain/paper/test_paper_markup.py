"""The mini-markup of slip templates."""

import pytest

from app.domain.paper.errors import MarkupError
from app.domain.paper.markup import Each, If, Put, Ref, parse


def test_a_template_is_read_instruction_by_instruction() -> None:
    template = parse("#T 单\n#=\n#K 编号|{no}号\n#IFNOT gone\n#EACH rows\n#N {it.n}.|x\n#END\n#END\n", "SL-99")
    assert template.body == (
        Put("T", (("单",),)),
        Put("=", ()),
        Put("K", (("编号",), (Ref("no", of_row=False), "号"))),
        If("gone", negated=True, body=(Each("rows", (Put("N", ((Ref("n", of_row=True), "."), ("x",))),)),)),
    )
    assert template.fields == {"no", "gone", "rows"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("#T a\nno mark", 2),
        ("#X a", 1),
        ("#K one part", 1),
        ("#T a|b", 1),
        ("#T", 1),
        ("#T a\n#END", 2),
        ("#T a\n#IF x\n#T b", 2),
        ("#IF Two words\n#END", 1),
        ("#EACH a\n#EACH b\n#END\n#END", 2),
        ("#W {it.n}", 1),
        ("#W {n + 1}", 1),
        ("#W {unclosed", 1),
        ("#- x", 1),
    ],
)
def test_a_mistake_is_reported_with_its_line(text: str, line: int) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(text, "SL-99")
    assert caught.value.subject == f"SL-99:{line}"
