"""Sign-in and the start of a shift."""
