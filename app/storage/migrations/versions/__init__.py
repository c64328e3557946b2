"""One file a revision, numbered; none is ever changed after a release."""
