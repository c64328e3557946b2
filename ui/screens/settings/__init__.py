"""The settings of one counter's devices, for who may set them: what is there, what it looks like, does it work."""
