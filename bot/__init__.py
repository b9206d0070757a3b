"""Kontor: a tutor for foreign-trade communication that teaches by doing."""
