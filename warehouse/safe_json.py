"""JSON that may stand in a script of a page: nothing that was crawled can end it."""

import json


def safe_json(value: object, separators: tuple[str, str] = (", ", ": ")) -> str:
    """Return `value` as JSON without `<`, which could end a script, and without JavaScript's ends of lines.

    They are escaped, so that whoever reads the JSON gets what was said.
    """
    said = json.dumps(value, ensure_ascii=False, separators=separators)
    return said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
