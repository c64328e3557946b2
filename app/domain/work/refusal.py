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
    NOTHING_HANDED_IN = "nothing_handed_in"
    FORM_INVALID = "form_invalid"
    NO_APPLICANT = "no_applicant"
    NO_AGENT = "no_agent"
    GUARDIAN_NEEDED = "guardian_needed"
    CONSENT_NEEDED = "guardian_consent_needed"
    WHO_IS_WHO = "who_is_who"
    ANOTHER_PERSON = "another_person"
    RECHECK = "recheck"
    NOT_IN_NOTICE = "not_in_notice"
    NOT_NEEDED = "not_needed"
    NOT_OURS = "not_ours"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOT_REFUSING = "not_refusing"
    NO_PUBLISHED_GROUND = "no_published_ground"
    NOTICE_INSTEAD = "notice_instead"
    NO_GROUND = "no_ground"
    OFFICE_NEEDED = "office_needed"
    PHONE_FIRST = "phone_first"
    FACTS_NEEDED = "facts_needed"
    TEXT_TOO_LONG = "text_too_long"
    TOPIC_NEEDED = "topic_needed"
    OWNER_NEEDED = "owner_needed"
    NUMBER_NEEDED = "number_needed"
    NOT_IN_PERSON = "not_in_person"
    REGISTERED_BEFORE = "registered_before"
    SAY_WILL_ASK = "say_will_ask"
    SAY_WHO_DOES = "say_who_does"
    SAY_WHEN_OPEN = "say_when_open"
    SAY_NO_HURRY = "say_no_hurry"
    SAY_ONCE_MORE = "say_once_more"
    SAY_WITH_SAMPLE = "say_with_sample"
    SAY_SORRY = "say_sorry"
    SAY_WHERE_TO_COMPLAIN = "say_where_to_complain"


class WorkRefused(Exception):  # noqa: N818 - a business "no" is an outcome, not an error
    """A key that the card does not take in this state; the card stays as it was."""

    def __init__(self, reason: WorkRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
