"""Understand: pure verbs on frozen records, from a capture to a verdict; Dagster only at the edge."""
