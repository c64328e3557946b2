"""The parts of the guide desk that the floor manager's window has not."""
