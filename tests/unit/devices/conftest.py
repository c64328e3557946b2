"""What the device tests share."""

from datetime import date

import pytest

from app.domain.id_card import CardType, IdCard, Sex


@pytest.fixture
def golden_card() -> IdCard:
    """The worked example of the protocol document."""
    return IdCard(
        type=CardType.RESIDENT,
        name="李䶮",
        sex=Sex.MALE,
        ethnicity="01",
        birth_date=date(1949, 12, 31),
        address="北京市朝阳区示例路1号",
        number="11010519491231002X",
        issuer="北京市公安局朝阳分局",
        valid_from=date(2020, 1, 1),
        valid_to=None,
    )
