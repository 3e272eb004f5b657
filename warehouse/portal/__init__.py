"""The open data portal: static pages in three languages, made from `out_*` tables only."""
