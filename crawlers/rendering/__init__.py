"""Pages that scripts must fill: rendered in a browser where a measurement says that it gives text."""
