"""Django's own widgets written without their templates: the same HTML, for a small part of the time.

A page with lists to tick from has hundreds of boxes, and each was three templates. tests/imrf_portal/test_form_rendering.py
compares what is written here with what Django's templates write.
"""

from html import escape

from django.utils.formats import localize
from django.utils.safestring import SafeData, mark_safe


def attributes(attrs) -> str:
    """As django/forms/widgets/attrs.html."""
    said = []
    for name, value in attrs.items():
        if value is True:
            said.append(f" {escape(name)}")
        elif value is not False:
            said.append(f' {escape(name)}="{_as_string(value)}"')
    return "".join(said)


def box(widget) -> str:
    """An input, as django/forms/widgets/input.html."""
    value = "" if widget["value"] is None else f' value="{_as_string(widget["value"])}"'
    return mark_safe(f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{attributes(widget["attrs"])}>')  # noqa: S308


def text_area(widget) -> str:
    """As django/forms/widgets/textarea.html."""
    value = _in_template(widget["value"]) if widget["value"] else ""
    return mark_safe(f'<textarea name="{escape(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>')  # noqa: S308


def select(widget) -> str:
    """As django/forms/widgets/select.html."""
    said = [f'<select name="{escape(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            said.append(f'\n  <optgroup label="{_in_template(group)}">')
        said += [f"\n  {_option(option)}\n" for option in options]
        if group:
            said.append("\n  </optgroup>")
    return mark_safe("".join([*said, "\n</select>"]))  # noqa: S308


def _option(option) -> str:
    value, label = _as_string(option["value"]), _in_template(option["label"])
    return f'<option value="{value}"{attributes(option["attrs"])}>{label}</option>'


def choices(options) -> str:
    """The boxes of a list to choose from, each with its words, a line for each; `options` as their widget gives them."""
    return mark_safe("".join(f"\n{choice(option)}" for option in options))  # noqa: S308


def choice(option) -> str:
    """One box of such a list."""
    anchor, label = _in_template(option["attrs"].get("id")), _in_template(option["label"])
    return f'<label class="choice" for="{anchor}">{box(option)} <span>{label}</span></label>'


def _as_string(value) -> str:
    """As `{{ value|stringformat:"s" }}`."""
    return value if isinstance(value, SafeData) else escape(str(value))


def _in_template(value) -> str:
    """As `{{ value }}`."""
    words = value if isinstance(value, str) else str(localize(value))
    return words if isinstance(words, SafeData) else escape(words)


BOXES = ("input", "text", "number", "email", "url", "color", "search", "tel", "password", "hidden", "date", "datetime",
         "time", "file", "checkbox")  # fmt: skip
WRITTEN = {
    **{f"django/forms/widgets/{name}.html": box for name in BOXES},
    "django/forms/widgets/textarea.html": text_area,
    "django/forms/widgets/select.html": select,
}
