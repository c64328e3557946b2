"""I58 五个阶段63个工作日: the stages of a theme make up its limit, and none is longer than a joint procedure may be."""

from typing import Any

import pytest


def stretched(days: int, *, total: int) -> Any:
    def change(document: Any) -> None:
        theme = document["themes"][0]
        theme["stages"][1]["limit"], theme["days"] = days, total

    return change


def test_i58_the_published_stages_make_up_sixty_three_days(catalogue_hall: Any) -> None:
    """I58: sum of stages = 63."""
    (catalogue,) = catalogue_hall.snapshot()["tables"]["catalogue"]
    (theme,) = catalogue["document"]["themes"]
    assert (theme["days"], [each["limit"] for each in theme["stages"]]) == (63, [3, 15, 17, 16, 12])


@pytest.mark.parametrize(
    ("days", "total", "path", "said"),
    [
        (46, 94, "themes/0/stages/1/limit", "每一阶段不得超过45个工作日（行政许可法第四十二条第二款）"),
        (16, 63, "themes/0/days", "总时限是63个工作日，各阶段合计64个工作日"),
    ],
)
def test_i58_a_theme_that_the_law_or_its_own_sum_forbids_is_refused(
    catalogue_hall: Any, days: int, total: int, path: str, said: str
) -> None:
    """I58: a stage >45 WD is refused (art. 42)."""
    answer = catalogue_hall.submit_changed(stretched(days, total=total), status=422)
    (problem,) = answer.json()["problems"]
    assert problem["path"] == path
    assert said in problem["message"]
