"""The rules of the counter: frozen values and pure functions."""
