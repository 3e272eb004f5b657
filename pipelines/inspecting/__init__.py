"""Explain one page: where it comes from, what is on it, and how that is told."""
