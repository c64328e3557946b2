"""What a list may show of a person: enough to recognise, too little to identify (domain.md section 9)."""

import re

_COMPOUND_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙
慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 巫马 公西 颛孙 壤驷 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
段干 百里 呼延 东郭 南门 羊舌 梁丘 左丘 西门 第五 南荣 东里 即墨 达奚 歐陽 東方 諸葛 鮮于 長孫 鍾離
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())

_STAR = "*"
_HIDDEN_HOUSE = "***"
# Kept so that the parts of a long name stay countable: 迪丽热巴·迪力木拉提, JOHN SMITH.
_NAME_SEPARATORS = "·•・ -"

# Bounded and without digits, so that a house number never slips into the name of a district.
_REGION = (
    r"(?:\D{1,8}?(?:省|自治区|特别行政区))?"
    r"(?:\D{1,12}?(?:市|自治州|州|盟|地区))?"
    r"(?:\D{1,12}?(?:自治县|县|市|旗|(?<![小社])区))?"
)
_STREET = r"\D{1,10}?(?:街道|大街|大道|胡同|苏木|路|街|巷|弄|镇|乡)"
_TO_STREET = re.compile(_REGION + _STREET)
_TO_REGION = re.compile(_REGION)


def mask_name(name: str) -> str:
    """Return the family name and a star for each further character: ``陈**``, ``欧阳*``, ``阿***·**``.

    A character is one code point, also beyond the BMP (𠅤). A name that is nothing but a family name is hidden whole.
    """
    family = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    if name == family:
        return _STAR * len(name)
    rest = name.removeprefix(family)
    return family + "".join(sign if sign in _NAME_SEPARATORS else _STAR for sign in rest)


def mask_identity_number(number: str) -> str:
    """Return the first three and last four characters of any certificate number: ``990***********0015``."""
    return _keep_ends(number)


def mask_phone(phone: str) -> str:
    """Return the first three and last four characters: ``154****0001``."""
    return _keep_ends(phone)


def mask_address(address: str) -> str:
    """Return the address down to the street or township: ``示范县东街道***``.

    Without a street it ends with the region; an address that shows neither is hidden whole.
    """
    shown = _TO_STREET.match(address) or _TO_REGION.match(address)
    kept = shown.group() if shown else ""
    return kept if kept == address else kept + _HIDDEN_HOUSE


def _keep_ends(text: str, head: int = 3, tail: int = 4) -> str:
    """Hide the middle; a text too short to have one is hidden whole."""
    hidden = len(text) - head - tail
    if hidden <= 0:
        return _STAR * len(text)
    return text[:head] + _STAR * hidden + text[-tail:]
