"""Twins of pages for programs: feeds, the list of all pages, a JSON API with its description."""
