"""The window in front of the citizen: five grades after a service, else which window this is."""
