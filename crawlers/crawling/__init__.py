"""The crawling process: sites side by side, each in its own visit."""
