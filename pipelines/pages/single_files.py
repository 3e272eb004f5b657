"""Read a component of Vue that stands in one file: its `<template>` is the page."""

import re

from pipelines.pages.template_rules import template_rules

_RULES = template_rules()
_TEMPLATE = re.compile(r"<(/?)template\b")
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def markup_of_single_file(html: str) -> str:
    """Return the markup of a component's file; any other page unchanged."""
    if not _RULES.single_file.match(html):
        return html
    return _TEMPLATE.sub(r"<\1div", _SCRIPT.sub("", html))
