"""The parts the screens are drawn from."""
