"""The reviewer's desk: what the department decides, behind the window (domain rule L15)."""
