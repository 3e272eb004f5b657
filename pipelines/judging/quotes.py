"""Find a finding's quote again on its page."""

from pipelines.records import Finding, Page


def is_found_again(finding: Finding, page: Page) -> bool:
    """Say whether the quote of `finding` stands where it says, character by character."""
    if finding.place == "text":
        return page.text.startswith(finding.quote, finding.offset) and bool(finding.quote)
    return any(finding.quote in value for value in values_at(finding.place, page))


def values_at(place: str, page: Page) -> list[str]:
    """Return the attributes of the page that `place` names; none for a place that pages do not have."""
    fields = [field for form in page.forms for field in form.fields]
    attributes: dict[str, list[str]] = {
        "a@href": [link.written for link in page.links],
        "a@text": [link.text for link in page.links],
        "button@text": [form.submit_text for form in page.forms],
        "form@action": [form.action_written for form in page.forms],
        "input@label": [field.label for field in fields],
        "input@name": [field.name for field in fields],
        "link@hreflang": list(page.alternates_written),
        "media@src": list(page.media_written),
        "page@url": [page.url],
        "schema@type": list(page.schema_types),
        "title@text": [page.title],
        "capture@outcome": [page.outcome],
    }
    return attributes.get(place) or [value for name, value in page.declared if name == place]
