"""The columns of a file of inputs: what each means, and the template that explains them. Pure."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models.organisation import Kind
from forums.models.call import Level
from submissions.models import Recording

REMARK = "#"  # a line that begins so is read over: the template explains itself in such lines
COLUMNS = {
    "key": gettext_lazy(
        "Your own key of the line. Never used twice in a call: what was recorded once is not recorded again."
    ),
    "organisation": gettext_lazy("Its official name, or its address in the portal (the last part of its page’s address)."),
    "organisation_acronym": gettext_lazy("Its acronym, if it has one."),
    "organisation_kind": gettext_lazy("What it is, in case a new record must be made."),
    "organisation_country": gettext_lazy("ISO alpha-3 code or name of the country of its seat; empty for none or several."),
    "title": gettext_lazy("The title as it should be cited."),
    "language": gettext_lazy("The language of the text."),
    "level": gettext_lazy("Where what it is about takes place."),
    "objectives": gettext_lazy("Numbers of the objectives, with semicolons between them: 7;14."),
    "countries": gettext_lazy("Countries it is about, with semicolons between them: KEN;NPL."),
    "regions": gettext_lazy("Codes of regions it is about, with semicolons between them: ECA;ECE."),
    "summary": gettext_lazy("Two or three sentences; may be empty."),
    "text": gettext_lazy("The text; may be empty where source_url leads to it."),
    "source_url": gettext_lazy("Where the original stands, if anywhere."),
    "how": gettext_lazy("How it reached the Network."),
    "received": gettext_lazy(
        "When it reached the Network, on the clock of the forum’s city: 2026-01-20 14:30. A day alone means its beginning."
    ),
    "late_reason": gettext_lazy("Why it is taken, if the call had closed by then."),
    "contact_name": gettext_lazy("Whom the Network may ask. Never published."),
    "contact_email": gettext_lazy("Their address. Never published."),
    "letter_to": gettext_lazy("An address that gets the receipt and the address of a status page."),
}
NEEDED = ("key", "organisation", "title", "language", "level", "how", "received")
LONGEST = {
    **{"key": 100, "organisation": 250, "organisation_acronym": 40, "title": 300, "summary": 5000, "text": 200_000},
    **{"source_url": 500, "late_reason": 500, "contact_name": 200, "contact_email": 254, "letter_to": 254},
}


def known_values() -> dict:
    """The words that some columns take."""
    return {
        "organisation_kind": list(Kind.values),
        "language": [code for code, _name in settings.LANGUAGES],
        "level": list(Level.values),
        "how": list(Recording.How.values),
    }


def explained() -> list:
    """Each column with what it means, the words it takes, and whether it is always needed."""
    values = known_values()
    return [
        {"name": name, "means": str(means), "takes": values.get(name, []), "needed": name in NEEDED}
        for name, means in COLUMNS.items()
    ]


def template_lines():
    """The lines of the template: the header, then what each column means, marked so that it is read over."""
    yield list(COLUMNS)
    said = [
        " ".join([each["means"], ", ".join(each["takes"]), _("Needed.") if each["needed"] else ""]) for each in explained()
    ]
    first, *rest = (" ".join(each.split()) for each in said)
    yield [f"{REMARK} {first}", *rest]
