"""How much of everything a country, a region and the world need."""
