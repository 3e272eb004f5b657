"""Find services: which pages, list items and facts are one service, under an id that lasts."""
