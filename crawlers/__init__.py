"""Fetch: knows sites, robots, politeness and WARC; knows nothing of stages, DuckDB or Dagster."""
