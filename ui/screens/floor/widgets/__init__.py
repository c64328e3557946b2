"""The painted parts of the manager's window (design/design.md section 6)."""
