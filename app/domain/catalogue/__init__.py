"""The published implementation list (实施清单) of a centre, and the gate it passes before citizens see it."""
