"""The parts of the settings window that other windows have not."""
