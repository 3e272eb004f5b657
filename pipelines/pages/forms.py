"""Forms: which inputs belong together, what each is called, and what the form is for."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipelines.pages.form_rules import PurposeRule, form_rules
from pipelines.records import Field, Form

_RULES = form_rules()
_CHOICES = frozenset({"checkbox", "radio"})


@dataclass(slots=True, kw_only=True)
class Control:
    """An input or a button as the walk met it."""

    kind: str
    name: str
    element_id: str
    label: str  # a label inside or around it, or the words before it
    region: str
    offset: int  # characters into Page.text
    form: int | None  # which <form> it stands in
    is_required: bool = False
    hint: str = ""  # autocomplete, for telling what it asks
    end: int = -1  # characters into Page.text, where its own words end: the options of a list
    spoken_by: str = ""  # ids of the elements that name it

    @property
    def is_button(self) -> bool:
        """Whether it sends or does something instead of asking."""
        return self.kind in _RULES.button_kinds


@dataclass(slots=True, kw_only=True)
class FormTag:
    """A <form> element as the walk met it."""

    action_url: str = ""
    action_written: str = ""  # as it stands in the source
    method: str = "get"
    place: str = ""  # action, id, class, name and role, for telling its purpose
    region: str = "main"
    offset: int = -1
    text: str = ""
    has_captcha: bool = False


@dataclass(slots=True)
class FormParts:
    """All that the walk met of a page's forms."""

    tags: list[FormTag] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # by the id of the input they are for
    named: dict[str, str] = field(default_factory=dict)  # by the id of an element that names inputs
    has_captcha_script: bool = False  # whether a robot check without a sign of its own watches the page

    def label_of(self, control: Control) -> str:
        """Return what names a field: what it points to, a label for it, else the words nearby."""
        spoken = " ".join(filter(None, (self.named.get(one, "") for one in control.spoken_by.split())))
        return spoken or self.labels.get(control.element_id) or control.label


def assemble(parts: FormParts) -> tuple[Form, ...]:
    """Return the page's forms in document order.

    A <form> around header, content and footer (ASP.NET has one a page) is no form that a reader knows,
    nor are inputs without one: there, inputs up to their button make a form.
    """
    by_form: dict[int | None, list[Control]] = {}
    for control in parts.controls:
        by_form.setdefault(control.form, []).append(control)
    forms: list[Form] = []
    for number, tag in enumerate(parts.tags):
        controls = by_form.get(number, [])
        if len({control.region for control in controls}) > 1:
            around = FormTag(action_url=tag.action_url, action_written=tag.action_written, method=tag.method)
            forms += [_form(around, group, parts) for group in _groups(controls)]
        elif controls:
            forms.append(_form(tag, controls, parts))
    forms += [_form(FormTag(), group, parts) for group in _groups(by_form.get(None, []))]
    return tuple(sorted(_watched(forms, parts), key=lambda form: form.offset))


def _watched(forms: list[Form], parts: FormParts) -> list[Form]:
    """Give the forms that are sent the robot check that the page's script is, unless one shows its own."""
    if not parts.has_captcha_script or any(form.has_captcha for form in forms):
        return forms
    return [replace(form, has_captcha=form.method == "post") for form in forms]


def _groups(controls: list[Control]) -> Iterator[list[Control]]:
    group: list[Control] = []
    for control in controls:
        ends = group and (
            control.region != group[-1].region or (group[-1].is_button and not control.is_button)
        )
        if ends and any(not one.is_button for one in group):
            yield group
        if ends:
            group = []
        group.append(control)
    if any(not one.is_button for one in group):
        yield group


def _form(tag: FormTag, controls: list[Control], parts: FormParts) -> Form:
    asked = [control for control in controls if not control.is_button]
    fields = tuple(
        Field(
            name=one.name,
            kind=one.kind,
            label=parts.label_of(one),
            is_required=one.is_required,
        )
        for one in asked
    )
    submit = next((one.label for one in controls if one.kind in {"submit", "image"} and one.label), "")
    submit = submit or next((one.label for one in controls if one.is_button and one.label), "")
    hints = " ".join(f"{one.hint} {one.element_id}" for one in asked)
    return Form(
        purpose=purpose_of(tag, fields, submit, hints),
        action_url=tag.action_url,
        action_written=tag.action_written,
        method=tag.method,
        fields=fields,
        submit_text=submit,
        offset=tag.offset if tag.offset >= 0 else controls[0].offset,
        region=controls[0].region,
        has_captcha=tag.has_captcha or any("captcha" in one.name.lower() for one in asked),
    )


def purpose_of(tag: FormTag, fields: tuple[Field, ...], submit: str, hints: str = "") -> str:
    """Return what a form is for: the first rule of `knowledge/forms.yml` that holds, else "other"."""
    words = " ".join([*(field.label for field in fields), submit, tag.text]).lower()
    names = [field.name.lower() for field in fields] + hints.lower().split()
    kinds = {field.kind for field in fields}
    everything = " ".join([words, *names, *(f"type={kind}" for kind in sorted(kinds)), *sorted(kinds)])
    for rule in _RULES.purposes:
        if _shape_holds(rule, fields, kinds, tag.method) and (
            (rule.names is None or any(rule.names.search(name) for name in names))
            and (rule.words is None or rule.words.search(words))
            and (rule.place is None or rule.place.search(tag.place.lower()))
            and (rule.submit is None or rule.submit.search(submit.lower().strip()))
            and not (rule.without and rule.without.search(everything))
        ):
            return rule.purpose
    return "other"


def _shape_holds(rule: PurposeRule, fields: tuple[Field, ...], kinds: set[str], method: str) -> bool:
    return (
        rule.min_fields <= _asked(fields) <= rule.max_fields
        and (not rule.kinds or bool(rule.kinds & kinds))
        and rule.method in {None, method}
    )


def _asked(fields: tuple[Field, ...]) -> int:
    """Count what a person is asked: boxes and dots of one name are one question."""
    return len(
        {
            (field.name, field.kind) if field.kind in _CHOICES else (str(place), "")
            for place, field in enumerate(fields)
        }
    )
