"""The reasons the work card has for saying no, as codes; their texts are in the messages table."""

from enum import StrEnum


class WorkRefusal(StrEnum):
    """Why a key does nothing, or why an outcome is not possible yet."""

    NO_ITEM = "no_item"
    NOT_A_CANDIDATE = "not_a_candidate"
    SITUATIONS_OPEN = "situations_open"
    NO_SUCH_OPTION = "no_such_option"
    NO_SUCH_MATERIAL = "no_such_material"
    NOT_DEFERRABLE = "not_deferrable"
    NOT_SHARED = "not_shared"
    SHARED_MATERIAL = "shared_material"
    REASON_NEEDED = "reason_needed"
    REASON_TOO_LONG = "reason_too_long"
    NO_SUCH_FIELD = "no_such_field"
    MATERIALS_OPEN = "materials_open"
    MATERIALS_MISSING = "materials_missing"
    NOTHING_MISSING = "nothing_missing"
    FORM_INVALID = "form_invalid"
    NO_APPLICANT = "no_applicant"
    NO_AGENT = "no_agent"
    WHO_IS_WHO = "who_is_who"
    ANOTHER_PERSON = "another_person"
    RECHECK = "recheck"
    NOT_NEEDED = "not_needed"
    NOT_OURS = "not_ours"
    NOTHING_TO_UNDO = "nothing_to_undo"


class WorkRefused(Exception):  # noqa: N818 - a business "no" is an outcome, not an error
    """A key that the card does not take in this state; the card stays as it was."""

    def __init__(self, reason: WorkRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
