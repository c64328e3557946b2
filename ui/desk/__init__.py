"""The demo's other side of the counter: what the citizen does, and the plugs that can be pulled."""
