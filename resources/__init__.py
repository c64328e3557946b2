"""Data only: catalogue, calendar, cards, slips, messages, theme."""
