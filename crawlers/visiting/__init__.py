"""One site, page after page: what to ask for next, and where pages lead."""
