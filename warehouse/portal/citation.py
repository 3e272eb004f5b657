"""How a release is cited by programs that gather literature."""

from warehouse.portal.site import Site

_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)  # BibTeX's macros


def bibtex(site: Site, table: str | None = None) -> str:
    """Return the entry of a release, or of one table of it, as BibTeX has it."""
    year, month = site.newest_round.split("-")
    name = f"baskych-{site.version}" + (f"-{table}" if table else "")
    title = "Public services and how far each has gone online" + (f": {table}" if table else "")
    fields = {
        "title": f"{{{title}}}",
        "author": "{{Baskych}}",
        "year": f"{{{year}}}",
        "month": _MONTHS[int(month) - 1],
        "version": f"{{{site.version}}}",
        "url": f"{{{site.release_url}}}",
        "note": "{Open data, CC BY 4.0}",
    }
    lines = ",\n".join(f"  {field} = {value}" for field, value in fields.items())
    return f"@misc{{{name},\n{lines}\n}}"
