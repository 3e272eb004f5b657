"""Read the YAML files that ship with the code: by the parser in C, and once."""

from typing import Any

import yaml

from crawlers.made_once import made_once


def parsed(text: str) -> Any:
    """Return what `text` says.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    return made_once(f"yaml {yaml.__version__}\n{text}", lambda: yaml.load(text, Loader=yaml.CSafeLoader))
