"""A page over the work on which something is registered that is no case: a complaint, a project."""
