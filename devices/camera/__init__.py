"""A document camera, by the folder its own program writes into (docs/scanners.md)."""
