"""The central server: a program of its own that shares rules and wire with the counter, not its tables."""
