"""STORE. A data folder on an S3-compatible server, so that several machines can share it.

Knows objects, indexes, leases and local workplaces; knows nothing of sites, stages, DuckDB or Dagster.
"""
