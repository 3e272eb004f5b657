"""The kinds of pages: each module asks its questions and prints its places."""
