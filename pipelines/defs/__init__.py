"""Dagster's view of the pipeline: assets, checks, schedules and sensors, each a few lines around one verb."""
