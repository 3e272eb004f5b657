"""The part of the walk that meets forms: inputs, their labels, buttons, and what a reader sees in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.pages.form_rules import form_rules
from pipelines.pages.forms import Control, FormParts, FormTag
from pipelines.pages.html_rules import html_rules
from pipelines.pages.links import absolute
from pipelines.pages.text_flow import TextFlow

Attributes = dict[str, str | None]
Leave = Callable[[], None]

_RULES = form_rules()
_CAPTCHA = html_rules().captcha_pattern
_CAPTCHA_KEYS = ("src", "class", "id", "name")
_BUTTON_WORDS = ("value", "text", "alt", "title", "aria-label")
_PLACE = ("action", "id", "class", "name", "role")


@dataclass(slots=True)
class FormWalk:
    """What has been met of forms so far, and which are still open."""

    flow: TextFlow
    base: str
    parts: FormParts = field(default_factory=FormParts)
    _open_form: int | None = None
    _after_options: int = 0  # how many pieces of text end with a list's options: none of the next label
    _after_control: int = 0  # how many pieces stand before the field met last
    _label_controls: list[list[Control]] = field(default_factory=list)  # inputs inside each open <label>

    def enter(self, tag: str, attributes: Attributes, region: str) -> Leave | None:
        """Begin an element that may belong to a form; return what to do at its end, if anything."""
        tag_kind = _RULES.template_inputs.get(tag)
        if tag_kind:
            self._input(tag_kind, attributes, region)
        elif tag == "input":
            self._input((attributes.get("type") or "text").lower(), attributes, region)
        elif tag == "form":
            return self._form(attributes, region)
        elif tag == "label":
            return self._label(attributes)
        elif tag == "select":
            return self._select(attributes, region)
        elif tag == "textarea":
            self._control("textarea", attributes, region)
            self._seen(attributes.get("placeholder"), region)
        return None

    def _select(self, attributes: Attributes, region: str) -> Leave:
        self._control("select", attributes, region)
        control = self.parts.controls[-1]

        def leave() -> None:
            control.end = self.flow.length
            self._after_options = self._after_control = self.flow.mark().piece

        return leave

    def button(self, attributes: Attributes, region: str) -> Leave:
        """Begin a <button>; its words are known at its end."""
        mark = self.flow.mark()

        def leave() -> None:
            label, offset = self.flow.since(mark)
            kind = (attributes.get("type") or "submit").lower()
            self.parts.controls.append(self._made(kind, attributes, region, label=label, offset=offset))

        return leave

    def _form(self, attributes: Attributes, region: str) -> Leave:
        mark, outer = self.flow.mark(), self._open_form
        place = " ".join(
            f"role={attributes[key]}" if key == "role" else attributes[key] or ""
            for key in _PLACE
            if attributes.get(key)
        )
        form = FormTag(
            action_url=absolute(self.base, attributes.get("action") or ""),
            action_written=attributes.get("action") or "",
            method=(attributes.get("method") or "get").lower(),
            place=place,
            region=region,
        )
        self.parts.tags.append(form)
        self._open_form = len(self.parts.tags) - 1

        def leave() -> None:
            text, form.offset = self.flow.since(mark)
            form.text = text if len(text) <= _RULES.text_limit else ""
            self._open_form = outer

        return leave

    def _label(self, attributes: Attributes) -> Leave:
        mark, inside = self.flow.mark(), list[Control]()
        self._label_controls.append(inside)

        def leave() -> None:
            text = " ".join(_without_options(*self.flow.since(mark), inside).split("\n")[:2]).strip()
            self._label_controls.pop()
            if text and attributes.get("for"):
                self.parts.labels[attributes["for"] or ""] = text
            for control in inside:
                control.label = text or control.label

        return leave

    def _input(self, kind: str, attributes: Attributes, region: str) -> None:
        if kind in _RULES.unseen_kinds:
            return
        if kind not in _RULES.button_kinds:
            self._control(kind, attributes, region)
            self._seen(attributes.get("placeholder"), region)
            return
        label = next((attributes[key] for key in _BUTTON_WORDS if attributes.get(key)), "")
        mark = self.flow.mark()
        self._seen(label, region)
        text, offset = self.flow.since(mark)
        self.parts.controls.append(self._made(kind, attributes, region, label=text, offset=offset))

    def _control(self, kind: str, attributes: Attributes, region: str) -> None:
        before = self.flow.last_line(self._after_control) or self.flow.last_line(self._after_options)
        self._after_control = self.flow.mark().piece
        named = attributes.get("aria-label") or attributes.get("placeholder") or attributes.get("title")
        label = named or (before if len(before) <= _RULES.label_limit else "")
        control = self._made(kind, attributes, region, label=label.strip(), offset=self.flow.length)
        self.parts.controls.append(control)
        if self._label_controls:
            self._label_controls[-1].append(control)
        self.flow.space()

    def _made(self, kind: str, attributes: Attributes, region: str, *, label: str, offset: int) -> Control:
        return Control(
            kind=kind,
            name=attributes.get("name") or attributes.get("id") or attributes.get("asp-for") or "",
            element_id=attributes.get("id") or "",
            label=label,
            region=region,
            offset=offset,
            form=self._open_form,
            is_required="required" in attributes or attributes.get("aria-required") == "true",
            hint=attributes.get("autocomplete") or "",
            spoken_by=attributes.get("aria-labelledby") or "",
        )

    def _seen(self, words: str | None, region: str) -> None:
        """Write words that stand in an attribute but that a reader sees, on a line of their own."""
        if words:
            self.flow.line()
            self.flow.write(words, region)
            self.flow.line()

    def note_captcha(self, attributes: Attributes) -> None:
        """Take note of an element that may be a robot check, for the form that it stands in."""
        if self._open_form is None:
            return
        if any(_names_captcha(value) for key in _CAPTCHA_KEYS if (value := attributes.get(key))):
            self.parts.tags[self._open_form].has_captcha = True


def _without_options(text: str, start: int, inside: list[Control]) -> str:
    """Return the text of a label, which begins at `start`, without the options of lists in it."""
    for control in reversed(inside):
        if control.end >= 0:
            text = text[: max(0, control.offset - start)] + "\n" + text[max(0, control.end - start) :]
    return text.strip()


@lru_cache(maxsize=8192)
def _names_captcha(value: str) -> bool:
    return bool(_CAPTCHA.search(value))
