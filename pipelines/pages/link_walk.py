"""The part of the walk that meets links and buttons, and the names of those that are only a picture."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pipelines.pages.html_rules import html_rules
from pipelines.pages.links import absolute, file_type, written
from pipelines.pages.text_flow import Mark, TextFlow
from pipelines.records import Link

Attributes = dict[str, str | None]
Leave = Callable[[], None]

_SPOKEN = ("aria-label", "title")  # after pictures' names, in the order in which a screen reader looks


@dataclass(slots=True)
class LinkWalk:
    """What has been met of links and buttons so far, and which are still open."""

    flow: TextFlow
    base: str
    links: list[Link] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)  # hreflang or lang of each link, "" for none
    _pictures: list[list[str]] = field(
        default_factory=list
    )  # names of pictures inside open links and buttons

    def link(self, attributes: Attributes, region: str) -> Leave | None:
        """Begin a link; return what to do at its end.

        A template's control with its words in an attribute has no end of its own: it is a link at once.
        """
        if attributes.get("text"):
            self._open()(attributes, region)
            return None
        finish = self._open()
        return lambda: finish(attributes, region)

    def button(self, attributes: Attributes, region: str) -> Leave:
        """Begin a button: to a reader it is a link, though only a script may know where it leads."""
        finish = self._open()
        return lambda: finish(attributes, region)

    def picture(self, attributes: Attributes) -> None:
        """Take note of the picture's name for the link or button that it stands in."""
        if self._pictures and attributes.get("alt"):
            self._pictures[-1].append(attributes["alt"] or "")

    def _open(self) -> Callable[[Attributes, str], None]:
        mark = self.flow.mark()
        self._pictures.append([])

        def finish(attributes: Attributes, region: str) -> None:
            self._name(attributes, region, mark)
            text, offset = self.flow.since(mark)
            address = written(attributes)
            url = absolute(self.base, address) if address else ""
            if not text and not url:
                return
            kind = file_type(url) or file_type("/" + (attributes.get("download") or ""))
            kind = kind or html_rules().file_media_types.get((attributes.get("type") or "").lower())
            self.links.append(
                Link(url=url, text=text, offset=offset, region=region, file_type=kind, written=address)
            )
            self.languages.append(attributes.get("hreflang") or attributes.get("lang") or "")

        return finish

    def _name(self, attributes: Attributes, region: str, mark: Mark) -> None:
        """Write the name that a screen reader says, where there are no words."""
        pictures = self._pictures.pop()
        if self.flow.since(mark)[0]:
            return
        spoken = next((attributes[key] for key in ("text", *_SPOKEN) if attributes.get(key)), "")
        self.flow.space()
        self.flow.write(" ".join(pictures) or spoken or "", region)
        self.flow.space()
