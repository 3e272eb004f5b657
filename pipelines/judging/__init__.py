"""Judge a page: what it says and shows, what kind it is, and which indicators that makes."""
