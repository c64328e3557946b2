"""The hardware on the desk: codecs that decide without I/O, drivers around them, simulators of the other end."""
