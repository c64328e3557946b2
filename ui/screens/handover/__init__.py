"""The end of a shift: everything that is not done gets an owner."""
