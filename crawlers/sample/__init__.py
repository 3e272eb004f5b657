"""A small invented republic whose services and stages are known, served on loopback."""
