"""Resident ID card readers with a SAM_V or SAM_A module."""
