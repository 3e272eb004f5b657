"""Whose rubric judged the services of a warehouse."""

import duckdb


def rubric_authors(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    """Return name and address of whoever answers for the rubric, as `out_rubrics` has them."""
    return connection.execute("select by_name, by_url from out_rubrics order by rubric_version").fetchall()
