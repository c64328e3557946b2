"""What the publish gate says no with: where, which rule, and the words the sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]
MAX_VALUE = 60


class GateCode(StrEnum):
    """The rules of the gate; their sentences are in the messages table."""

    WRONG_TYPE = "gate_wrong_type"
    UNKNOWN_KEY = "gate_unknown_key"
    KEY_MISSING = "gate_key_missing"
    EMPTY = "gate_empty"
    TOO_LONG = "gate_too_long"
    TOO_MANY = "gate_too_many"
    OUT_OF_RANGE = "gate_out_of_range"
    NOT_A_CHOICE = "gate_not_a_choice"
    BAD_FORMAT = "gate_bad_format"
    GUIDE_INCOMPLETE = "gate_guide_incomplete"
    DUPLICATE = "gate_duplicate"
    UNKNOWN_REFERENCE = "gate_unknown_reference"
    REMEDY_MISSING = "gate_remedy_missing"
    LAW_REPEALED = "gate_law_repealed"
    LAW_NOT_YET_IN_FORCE = "gate_law_not_yet_in_force"
    PROMISE_OVER_STATUTE = "gate_promise_over_statute"
    JOINT_TOO_LONG = "gate_joint_too_long"
    LIMIT_UNITS_DIFFER = "gate_limit_units_differ"
    NOW_IS_ZERO = "gate_now_is_zero"
    BAD_CONDITION = "gate_bad_condition"
    CONDITION_MISSING = "gate_condition_missing"
    UNKNOWN_SITUATION = "gate_unknown_situation"
    UNKNOWN_OPTION = "gate_unknown_option"
    BAD_USCC = "gate_bad_uscc"
    CODE31_OWNER = "gate_code31_owner"
    CODE31_LENGTH = "gate_code31_length"
    CODE31_CHECK = "gate_code31_check"
    BAD_GROUP = "gate_bad_group"
    GROUP_LEAVES_GAP = "gate_group_leaves_gap"
    FEE_RULES = "gate_fee_rules"
    FORM_FILE = "gate_form_file"
    AMOUNT_OUTSIDE_FEE_RULE = "gate_amount_outside_fee_rule"
    COMPLETE_NOT_INSTANT = "gate_complete_not_instant"
    FORM_FIELD_UNKNOWN = "gate_form_field_unknown"
    FORM_LENGTHS = "gate_form_lengths"
    UNSAFE_PATTERN = "gate_unsafe_pattern"
    HELP_MISSING = "gate_help_missing"
    UNKNOWN_PREFILL = "gate_unknown_prefill"
    LICENCE_GROUNDS = "gate_licence_grounds"
    BASIS_OUTSIDE_LIBRARY = "gate_basis_outside_library"
    WEIGHTS_NEED_AGEING = "gate_weights_need_ageing"
    CALENDAR_YEAR_MISSING = "gate_calendar_year_missing"
    STAGES_DIFFER = "gate_stages_differ"
    STAGE_TOO_LONG = "gate_stage_too_long"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason against publishing; ``path`` leads into the document, e.g. ``("items", 3, "fee")``."""

    path: Path
    code: GateCode
    values: Mapping[str, str | int]


def problem(path: Path, code: GateCode, **values: object) -> Problem:
    """Return a problem whose values are short, whatever the document holds."""
    short = {key: each if isinstance(each, int) else str(each)[:MAX_VALUE] for key, each in values.items()}
    return Problem(path, code, short)
