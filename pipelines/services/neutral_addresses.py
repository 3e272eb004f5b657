"""Web addresses in one spelling, and the same without the language that they choose.

`/ky/services/7`, `/ru/services/7` and `/services/7?lang=en` are one page in three languages: their
language-neutral address is one, and a service's id follows from it.
"""

import re
from urllib.parse import parse_qsl, urlencode

import ada_url

from pipelines.services.identify_words import IdentifyWords

_NUMBER = re.compile(r"\d+")
_FILE_LANGUAGE = re.compile(r"[_-]([a-z]{2,4})(?=\.[a-z0-9]{2,5}$)")


def canonical_address(url: str, words: IdentifyWords) -> str:
    """Return `url` in the WHATWG spelling, without fragment, noise parameters and index file names.

    An address that is no web address comes back as it is.
    """
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return url
    if parsed.protocol not in {"http:", "https:"}:
        return url
    query = [
        (key, value)
        for key, value in parse_qsl(parsed.search.removeprefix("?"), keep_blank_values=True)
        if key.lower() not in words.noise_parameters
    ]
    pathname = parsed.pathname.partition(";")[0]  # what follows is a session's number
    folder, _, last = pathname.rpartition("/")
    is_index = last.lower() in words.index_names and not query
    path = f"{folder}/" if is_index else pathname
    path = path.rstrip("/") or "/"
    return f"{parsed.protocol}//{parsed.host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")


def neutral_address(canonical: str, words: IdentifyWords) -> str:
    """Return a canonical address with its language taken out: host, path and parameters without scheme."""
    rest = canonical.partition("://")[2] or canonical
    before, _, search = rest.partition("?")
    host, *segments = before.removeprefix("www.").split("/")
    kept = [segment for segment in segments if segment.lower() not in words.language_of_code]
    if kept:
        kept[-1] = _without_file_language(kept[-1], words)
    query = [
        (key, value)
        for key, value in parse_qsl(search, keep_blank_values=True)
        if not _chooses(key, value, words)
    ]
    path = "/".join([host, *(segment for segment in kept if segment)])
    return path + (f"?{urlencode(query)}" if query else "")


def numbers_of(neutral: str) -> str:
    """Return the numbers in a neutral address after its host: pages of one series differ by them."""
    return ",".join(_NUMBER.findall(neutral.partition("/")[2]))


def _chooses(key: str, value: str, words: IdentifyWords) -> bool:
    return key.lower() in words.language_parameters and value.lower() in words.language_of_code


def _without_file_language(name: str, words: IdentifyWords) -> str:
    """`form_ru.docx` and `form_ky.docx` are one form."""
    found = _FILE_LANGUAGE.search(name.lower())
    if found and found.group(1) in words.language_of_code:
        return name[: found.start()] + name[found.end() :]
    return name
