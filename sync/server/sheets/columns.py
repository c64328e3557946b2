"""The columns of the two tables: the national names of an item's and a material's fields (domain.md section 6)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.catalogue.item import CaseType
from app.domain.catalogue.material import MaterialForm, Necessity, Source
from app.domain.limit_unit import LimitUnit
from sync.server.sheets.codecs import Codec, Lines, Number, Part, Plain, Table, Word

ITEMS, MATERIALS, REST = "事项", "材料", "系统项"
"""The sheets; the third holds what the product needs and the national list has no column for, as JSON."""
ITEM_ID, MATERIAL_ID, DEPARTMENT = "事项编号", "材料编号", "实施主体"
EFFECTIVE, VERSION = "计划生效日期", "事项版本"
REST_COLUMNS = (ITEM_ID, "项目", "值")
NATIONAL = "national"
"""The key under which an item or a material keeps what stands in the columns that the product has no use for."""

_PLAIN, _NUMBER = Plain(), Number()
_UNITS = Word({LimitUnit.WORKING_DAYS.value: "工作日", LimitUnit.CALENDAR_DAYS.value: "自然日",
               LimitUnit.HOURS.value: "小时", LimitUnit.NOW.value: "即时"})  # fmt: skip
YES_NO = Word({True: "是", False: "否"})
HAVE = Word({True: "有", False: "无"})
FORMS: Mapping[str, str] = {
    MaterialForm.ORIGINAL_KEPT.value: "收原件",
    MaterialForm.ORIGINAL_CHECKED.value: "验原件",
    MaterialForm.ORIGINAL_CHECKED_COPY.value: "验原件收复印件",
    MaterialForm.COPY.value: "收复印件",
    MaterialForm.ELECTRONIC.value: "电子件",
}
KINDS: Mapping[str, str] = {
    MaterialForm.ORIGINAL_KEPT.value: "原件",
    MaterialForm.ORIGINAL_CHECKED.value: "原件",
    MaterialForm.ORIGINAL_CHECKED_COPY.value: "原件和复印件",
    MaterialForm.COPY.value: "复印件",
}
"""The national field 类型 of a material of paper."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds a value of the item or material, by its path in there."""

    header: str
    path: tuple[str, ...]
    codec: Codec = _PLAIN


@dataclass(frozen=True, slots=True)
class Kept:
    """A national column the product has no use for: what stands there is kept and given back."""

    header: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A national column that follows from others; what stands there must agree, or be left blank."""

    header: str


ItemColumn = Column | Kept | Derived

ITEM_COLUMNS: tuple[ItemColumn, ...] = (
    Column(ITEM_ID, ("id",)),
    Column("事项名称", ("name",)),
    Column("事项类型", ("type",)),
    Derived("基本编码"),
    Column("实施编码", ("code31",)),
    Kept("业务办理项编码"),
    Column(DEPARTMENT, ("department",)),
    Kept("实施主体性质"),
    Derived("实施主体编码"),
    Kept("委托部门"),
    Column("行使层级", ("level",)),
    Kept("权力来源"),
    Column("服务对象", ("served",)),
    Column("办件类型", ("case_type",), Word({each.value: each.value for each in CaseType})),
    Column("法定办结时限", ("statutory_limit", "days"), _NUMBER),
    Column("法定办结时限单位", ("statutory_limit", "unit"), _UNITS),
    Column("法定办结时限说明", ("statutory_limit", "basis")),
    Column("承诺办结时限", ("promised_limit", "days"), _NUMBER),
    Column("承诺办结时限单位", ("promised_limit", "unit"), _UNITS),
    Column("承诺办结时限说明", ("promised_limit", "note")),
    Column("受理条件", ("conditions",), Lines()),
    Column(
        "办理流程", ("steps",), Table((Part("name", _PLAIN), Part("role", _PLAIN), Part("limit", _PLAIN)), count="n")
    ),
    Kept("办理形式"),
    Kept("到办事现场次数"),
    Kept("必须现场原因"),
    Derived("办理地点"),
    Derived("办理时间"),
    Column("是否收费", ("fee", "charge"), YES_NO),
    Column("收费依据", ("fee", "basis")),
    Column(
        "收费标准",
        ("fee", "rules"),
        Table(tuple(Part(key, _NUMBER if key == "fen" else _PLAIN) for key in ("id", "name", "fen", "per", "basis"))),
    ),
    Column(
        "特别程序",
        ("special_procedures",),
        Table(
            (
                Part("name", _PLAIN),
                Part("counts", Word({True: "计入时限", False: "不计入时限"})),
                Part("basis", _PLAIN, optional=True),
            )
        ),
    ),
    Kept("中介服务"),
    Column("结果名称", ("result", "name")),
    Column("结果类型", ("result", "kind")),
    Kept("通办范围"),
    Kept("网上办理深度"),
    Kept("预约"),
    Kept("网上支付"),
    Kept("自助终端"),
    Derived("咨询方式"),
    Derived("监督投诉方式"),
    Column("设定依据", ("legal_basis",), Table(tuple(Part(key, _PLAIN) for key in ("law", "article", "gist")))),
    Kept("事项状态"),
    Derived(VERSION),
    Derived(EFFECTIVE),
    Kept("计划取消日期"),
)
MATERIAL_COLUMNS: tuple[ItemColumn, ...] = (
    Derived(ITEM_ID),
    Column(MATERIAL_ID, ("id",)),
    Column("材料名称", ("name",)),
    Derived("材料类型"),
    Derived("材料形式"),
    Column("收取方式", ("form",), Word(FORMS)),
    Column(
        "必要性",
        ("necessity",),
        Word(
            {
                Necessity.REQUIRED.value: "必要",
                Necessity.CONDITIONAL.value: "符合条件时必要",
                Necessity.DEFERRABLE.value: "容缺后补",
                Necessity.ONE_OF.value: "几选一",
            }
        ),
    ),
    Column("必要的条件", ("when",)),
    Column("几选一分组", ("one_of",)),
    Column(
        "来源渠道",
        ("source",),
        Word(
            {
                Source.SELF.value: "申请人自备",
                Source.GOVERNMENT.value: "政府部门核发",
                Source.OTHER.value: "其他单位出具",
            }
        ),
    ),
    Column("来源渠道说明", ("issuer",)),
    Derived("纸质材料份数"),
    Kept("材料规格"),
    Column("原件份数", ("orig",), _NUMBER),
    Column("复印件份数", ("copies",), _NUMBER),
    Column("空白表", ("template", "blank"), HAVE),
    Column("样表", ("template", "sample"), HAVE),
    Column("免提交", ("share",), YES_NO),
    Column("常见问题", ("defects",), Table((Part("what", _PLAIN), Part("fix", _PLAIN, optional=True)))),
    Column("备注", ("note",)),
)
