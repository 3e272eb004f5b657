"""Operate: exit codes, failures in words, progress, logs, health, Dagster's page."""
