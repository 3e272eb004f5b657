"""How the values of each column of a published table are spread: asked of DuckDB, shown as bars and words."""
