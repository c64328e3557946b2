"""A receipt on its way to the printer, cut off at every byte: what became of it, and was it told truly."""
