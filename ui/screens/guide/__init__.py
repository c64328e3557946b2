"""导办台: numbers given out by a person, missed ones brought back, priorities given; one screen ruled by keys."""
