"""Why a device failed and what to do about it: codes only, their Chinese stands in resources/messages."""

from enum import StrEnum


class FaultReason(StrEnum):
    """What went wrong, as a clerk or a technician would tell it apart."""

    BAD_PORT = "device_bad_port"
    PORT_ABSENT = "device_port_absent"
    PORT_BUSY = "device_port_busy"
    DISCONNECTED = "device_disconnected"
    SILENT = "device_silent"
    GARBLED = "device_garbled"
    NO_ACCESS = "device_no_access"
    USB_MISSING = "usb_missing"
    USB_ENDPOINTS = "usb_endpoints"
    LIBRARY_UNUSABLE = "reader_library_unusable"
    HELPER_LOST = "reader_helper_lost"
    ITEM_ABSENT = "card_item_absent"
    CHECKSUM = "reader_checksum"
    LENGTH = "reader_length"
    COMMAND = "reader_command"
    NOT_PERMITTED = "reader_not_permitted"
    UNKNOWN = "reader_unknown"
    CARD_REJECTS_SAM = "card_rejects_sam"
    SAM_REJECTS_CARD = "sam_rejects_card"
    VERIFICATION = "card_verification"
    FINGERPRINT = "card_fingerprint"
    CARD_TYPE = "card_type_unknown"
    READ_FAILED = "card_read_failed"
    RANDOM_NUMBER = "reader_random_number"
    SELF_TEST = "reader_self_test"
    NOT_AUTHORISED = "reader_not_authorised"
    NO_CARD = "card_absent"
    SELECT_FAILED = "card_select_failed"
    CARD_DATA = "card_data_invalid"


class Advice(StrEnum):
    """The first thing a person should try."""

    CHECK_SETTINGS = "advice_check_settings"
    CHECK_CABLE = "advice_check_cable"
    GIVE_ACCESS = "advice_give_access"
    INSTALL_LIBUSB = "advice_install_libusb"
    CHECK_LIBRARY = "advice_check_library"
    CLOSE_OTHER_PROGRAM = "advice_close_other_program"
    LAY_CARD = "advice_lay_card"
    LAY_AGAIN = "advice_lay_again"
    REPLUG = "advice_replug"
    TYPE_BY_HAND = "advice_type_by_hand"
    CALL_SUPPORT = "advice_call_support"
