"""The order of a compilation: groups of inputs, each input once; and its two indexes. Pure."""

from django.utils.translation import gettext as _

from submissions.compilations.choosing import codes_of_row
from submissions.describing import described
from submissions.un_order import alphabetical

NONE = ""  # the code of a group whose inputs name none


def grouped(rows, compilation, words):
    """Each input once, under the first of its codes that was asked for; then by the names of organisations."""
    name = compilation.order
    places = {code: place for place, code in enumerate(words.words[name])}
    wanted = compilation.chosen.get(name)
    groups = {}
    for row in rows:
        codes = codes_of_row(row)[name]
        fitting = [code for code in codes if code in wanted] if wanted else codes
        code = min(fitting, key=lambda each: (places.get(each, len(places)), each), default=NONE)
        groups.setdefault(code, []).append(row)
    for code in sorted(groups, key=lambda each: (each == NONE, places.get(each, len(places)), each)):
        members = [(row, described(row, words)) for row in groups[code]]
        members.sort(key=lambda pair: (alphabetical(pair[1].authors[0].name, compilation.language), pair[1].reference))
        yield code, words.word(name, code) if code else _("None named"), members


def by_organisation(entries, language):
    found = {}
    for entry in entries:
        for author in entry.input.authors:
            found.setdefault((author.name, author.language), []).append(entry)
    for key in sorted(found, key=lambda pair: alphabetical(pair[0], language)):
        yield key, tuple(found[key])


def by_objective(entries, words):
    found = {}
    for entry in entries:
        for number, word in entry.input.objectives:
            found.setdefault(number, (word, []))[1].append(entry)
    for number in sorted(found):
        yield found[number][0], tuple(found[number][1])
