"""The wire between a counter and its hall's server: messages and one interface, for both ends."""
