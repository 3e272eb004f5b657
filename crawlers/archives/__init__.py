"""Web archives as a source instead of the web."""
