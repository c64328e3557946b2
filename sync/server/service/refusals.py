"""The closed list of refusals with their HTTP status (sync/protocol/README.md)."""

from sync.protocol.interface import Refused

STATUS = {
    "unauthorised": 401,
    "forbidden": 403,
    "second_person_needed": 403,
    "wrong_query_code": 403,
    "code_wrong": 403,
    "code_used": 409,
    "code_expired": 410,
    "clock_skew": 409,
    "not_found": 404,
    "unknown_hall": 404,
    "unknown_window": 404,
    "unknown_business": 404,
    "unknown_device": 404,
    "unknown_version": 404,
    "unknown_ledger": 404,
    "ledger_range": 422,
    "export_needs_second": 422,
    "method_not_allowed": 405,
    "window_busy": 409,
    "window_closed": 409,
    "window_unqualified": 409,
    "recovering": 409,
    "not_waiting": 409,
    "unknown_ticket": 404,
    "unknown_card": 404,
    "card_closed": 409,
    "not_at_this_window": 409,
    "taken_elsewhere": 409,
    "reserved_elsewhere": 409,
    "not_in_block": 409,
    "not_missed": 409,
    "miss_expired": 409,
    "gap": 409,
    "fork": 409,
    "quarantined": 409,
    "key_reused": 409,
    "cursor_gone": 410,
    "too_large": 413,
    "unknown_blob": 404,
    "blob_gap": 409,
    "blob_wrong": 422,
    "storage_full": 507,
    "malformed": 422,
    "catalogue_invalid": 422,
    "rate_limited": 429,
    "internal": 500,
    "overloaded": 503,
    "server_full": 503,
}

RETRY_AFTER_S = {"overloaded": 2, "rate_limited": 5, "server_full": 60}
"""Seconds after which it makes sense to ask again, told with the refusal."""


def refusal(code: str, *, expected_seq: int | None = None) -> Refused:
    """Return the refusal to raise."""
    return Refused(code, STATUS[code], expected_seq=expected_seq, retry_after_s=RETRY_AFTER_S.get(code))
