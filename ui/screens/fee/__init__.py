"""收费: what is asked for while a fee is taken."""
