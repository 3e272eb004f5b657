"""Read a page: from the bytes of a capture to its text, regions, links, forms and language."""
