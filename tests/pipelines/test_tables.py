"""Rows as aligned text."""

from pipelines.operating.tables import aligned


def test_columns_are_as_wide_as_their_widest_cell():
    """Nothing is cut off, on no terminal."""
    table = aligned(("site", "pages"), [("sample-salyk", 41), ("a", 7)], indent="")

    assert [
        "site          pages",
        "------------  -----",
        "sample-salyk     41",
        "a                 7",
    ] == table.splitlines()


def test_a_table_without_rows_is_its_header():
    """Nothing to show is shown as nothing."""
    assert ["site", "----"] == aligned(("site",), [], indent="").splitlines()
