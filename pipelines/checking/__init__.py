"""Check a release: its files, and its quotes in the captures."""
