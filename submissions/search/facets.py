"""Facets, pills and ways out of an empty list: counts and filters, ready for a template."""

from django.utils.translation import gettext_lazy as _

from submissions.search.vocabulary import NO_STANDING

LABELS = {
    "forum": _("Forum"),
    "level": _("Level"),
    "objective": _("Objective"),
    "round_table": _("Round table"),
    "region": _("Region"),
    "country": _("Country"),
    "kind": _("Kind of organisation"),
    "basis": _("Standing"),
    "language": _("Language"),
    "year": _("Year received"),
    "organisation": _("Organisation"),
    "q": _("Words"),
    "sort": _("Order"),
    "page": _("Page"),
}
SHOWN = ("level", "objective", "round_table", "region", "country", "kind", "basis", "language", "year", "forum")
OPEN = ("level", "objective", "region")
IN_ORDER = ("level", "objective", "round_table", "year", "forum")  # others: the most frequent first


def facets(filters, counts, vocabulary) -> list:
    """One entry for each field that can narrow the list further, with the number each value would leave."""
    fixed = {field for field, _code in filters.fixed}
    fields = [field for field in SHOWN if field not in fixed]
    if not filters.values("forum"):
        fields.remove("round_table")  # four tables of each forum share their numbers, not their subjects
    return [facet for field in fields if (facet := _facet(field, filters, counts, vocabulary))["options"]]


def _facet(field, filters, counts, vocabulary):
    numbers, on = _by_code(field, counts.facets.get(field, {}), vocabulary), filters.values(field)
    options = [
        {
            "label": word,
            "count": numbers.get(code, 0),
            "current": code in on,
            "url": f"?{filters.toggled_query(field, code)}",
        }
        for code, word in vocabulary.words[field].items()
        if numbers.get(code) or code in on
    ]
    if field not in IN_ORDER:
        options.sort(key=lambda option: -option["count"])
    return {"label": LABELS[field], "options": options, "is_open": bool(on) or field in OPEN}


def _by_code(field, numbers, vocabulary):
    """Counts come by what rows carry; options go by the code in the address."""
    if field == "basis":
        return {code or NO_STANDING: number for code, number in numbers.items()}
    if field in vocabulary.keys:
        return {code: numbers.get(str(key), 0) for code, key in vocabulary.keys[field].items()}
    return numbers


def pills(filters, vocabulary) -> list:
    """The filters that are on, those that do not exist among them; each with the list without it."""
    on = [
        {"label": vocabulary.word(field, code), "url": f"?{filters.toggled_query(field, code)}"}
        for field, code in filters.chosen
    ]
    if filters.q:
        on.insert(0, {"label": f"“{filters.q}”", "url": f"?{filters.without('q').query()}"})
    return on + [
        {"label": f"{LABELS[pair[0]]}: {pair[1]}", "url": f"?{filters.without_unknown(pair).query()}"}
        for pair in filters.unknown
        if pair[0] != "page"
    ]


def nearest(filters, attempt):
    """What is shown in place of what was asked: other words, any of the words; None where the question was answered."""
    if attempt is None or not (attempt.some or attempt.mended):
        return None
    words = str(attempt.asked)
    return {"typed": filters.q, "words": words, "some": attempt.some, "url": f"?{filters.asking(words).query()}"}


def ways_out(filters, counts, vocabulary) -> list:
    """What to relax when nothing was found, the way that leads to most first."""
    ways = [
        {
            "label": LABELS[field],
            "values": ", ".join(vocabulary.word(field, code) for code in filters.values(field)),
            "count": counts.without.get(field, 0),
            "url": f"?{filters.without(field).query()}",
        }
        for field in filters.fields()
    ]
    return sorted((way for way in ways if way["count"]), key=lambda way: -way["count"])
