"""What came of a visit, kept: WARC records, journal, folders that change places whole."""
