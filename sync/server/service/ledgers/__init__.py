"""工作台账 (domain rule I45): definitions, keeping, asking, exporting; one definition says all a ledger is."""
