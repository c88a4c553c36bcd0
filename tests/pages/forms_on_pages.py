"""Every form of a page as a browser would send it, read from the page itself: new forms and fields come in by themselves."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import html5lib

FREE = ("text", "search", "textarea", "email", "url", "tel", "number", "date", "time", "datetime-local", "password")
PRESSES = ("submit", "image", "button", "reset")
OURS = ("csrfmiddlewaretoken",)


@dataclass
class Form:
    """`answers` as the page shows them; `free` are those that people write, `chosen` those that they choose or never see."""

    method: str
    action: str
    answers: list = field(default_factory=list)
    free: set = field(default_factory=set)
    buttons: list = field(default_factory=list)
    files: list = field(default_factory=list)

    @property
    def names(self) -> tuple:
        return tuple(sorted({name for name, _value in self.answers} | set(self.files)))

    def presses(self):
        """What each of its buttons sends; one without a name sends nothing of its own."""
        return self.buttons or [None]


def forms_of(html: str, address: str) -> list[Form]:
    """The forms of the page that stands at this address."""
    root = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False).parse(html)
    forms = {id(one): _form(one, address) for one in root.iter("form")}
    by_name = {one.get("id"): forms[id(one)] for one in root.iter("form") if one.get("id")}
    for one in root.iter("form"):
        for control in one.iter():
            if control.tag in ("input", "textarea", "select", "button") and not control.get("form"):
                _take(forms[id(one)], control)
    for control in root.iter():
        if isinstance(control.tag, str) and control.get("form") in by_name:
            _take(by_name[control.get("form")], control)
    return list(forms.values())


def _form(one, address):
    return Form((one.get("method") or "get").lower(), urljoin(address, one.get("action") or address))


def _take(form, control):
    name, kind = control.get("name"), (control.get("type") or "text").lower()
    if control.tag == "button" or kind in PRESSES:
        if kind not in ("button", "reset") or (control.tag == "button" and control.get("type") is None):
            form.buttons.append((name, control.get("value", "")) if name else None)
    elif not name or name in OURS:
        return
    elif kind == "file":
        form.files.append(name)
    elif control.tag == "select":
        options = [option.get("value", option.text or "") for option in control.iter("option")]
        form.answers.append((name, next(filter(None, options), "")))
    elif control.tag == "textarea":
        form.free.add(name)
        form.answers.append((name, "".join(control.itertext())))
    elif kind in ("checkbox", "radio"):
        if kind == "checkbox" or name not in {taken for taken, _value in form.answers}:
            form.answers.append((name, control.get("value", "on")))
    else:
        form.free |= {name} if kind in FREE else set()
        form.answers.append((name, control.get("value", "")))


def is_of_this_site(action: str) -> bool:
    return urlsplit(action).netloc in ("", "testserver")
