"""What a host is owed: its robots.txt, its pauses, its no."""
