"""Hold and show: SQL and HTML over files with named columns; imports neither sibling."""
