"""Whole web archives, file by file: a list of WARC files read on as many machines as there are."""
