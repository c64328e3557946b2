"""How a counter and its hall's server keep each other true."""
