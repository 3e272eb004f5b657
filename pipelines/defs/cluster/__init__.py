"""Dagster on several machines: settings to copy, and what its workers run. RUNBOOK.md says how."""
