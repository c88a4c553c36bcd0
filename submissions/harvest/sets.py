"""Sets of the harvest: forum:2026, level:national, objective:7, language:ar; and each heading alone, for all it has."""

from django.conf import settings
from django.db.models import Q

from forums.models import Forum, Objective
from forums.models.call import Level

HEADINGS = {
    "forum": "By forum",
    "level": "By level",
    "objective": "By objective of the Global Compact for Migration",
    "language": "By language of the text",
}


def is_set(spec: str) -> bool:
    """Whether inputs can be filed under it; of forums and objectives the shape is asked alone."""
    heading, _colon, code = spec.partition(":")
    if heading not in HEADINGS:
        return False
    if spec == heading:
        return True
    known = {"level": Level.values, "language": [code for code, _name in settings.LANGUAGES]}
    if heading in known:
        return code in known[heading]
    if heading == "objective":
        return code.isascii() and code.isdigit() and 1 <= int(code[:4]) <= 23 and code == str(int(code))
    return Forum.objects.filter(slug=code[:60]).exists()


def condition(spec: str) -> Q:
    """Which rows belong to a set.

    A tombstone has no objectives any more, so it is told in every set of an objective: who kept the input lets go of it,
    and who never had it loses nothing.
    """
    heading, _colon, code = spec.partition(":")
    if heading == "objective":
        classified = Q(objectives__contains=[int(code)]) if code else ~Q(objectives=[])
        return classified | Q(taken_down_at__isnull=False)
    if not code:
        return Q()
    return Q(forum__slug=code) if heading == "forum" else Q(**{heading: code})


def specs_of(published) -> list[str]:
    """The sets of a row; its headings follow from them."""
    objectives = [f"objective:{number}" for number in published.objectives]
    return [f"forum:{published.forum.slug}", f"level:{published.level}", *objectives, f"language:{published.language}"]


def every_set() -> list[tuple]:
    """Pairs of spec and name, in English."""
    objectives = Objective.objects.order_by("number").values_list("number", "label_en")
    named = {
        "forum": [(each.slug, str(each)) for each in Forum.objects.order_by("slug")],
        "level": [(code, f"Level: {word}") for code, word in Level.choices],
        "objective": [(str(number), f"Objective {number}: {label}") for number, label in objectives],
        "language": [(code, f"Texts in {name}") for code, name in settings.LANGUAGES],
    }
    return [
        pair
        for heading, name in HEADINGS.items()
        for pair in [(heading, name), *((f"{heading}:{code}", word) for code, word in named[heading])]
    ]
