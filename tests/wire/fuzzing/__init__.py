"""Outside bytes that are not what they should be, thrown at every parser the counter has."""
