"""An input as one line of a list: words in place of codes, hits marked."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forums.addresses import address, way_to
from submissions.publication import excerpt_of
from submissions.translated import for_reader
from submissions.un_order import in_un_order

MOST_COUNTRIES = 3
ALONE = {"co_sponsors": [], "on_behalf_of": []}  # as under_it() of nobody


def cards(inputs, vocabulary, marks=None, hits=None, own=None) -> list:
    """What the list part of a page shows of these published inputs; asks the database nothing more.

    `hits` says of some in which of their files the words stand (search/passages.py), `own` what others say of them
    (search/own_texts.py).
    """
    forums = {key: code for code, key in vocabulary.keys["forum"].items()}
    found, texts, page = hits or {}, own or {}, Page(vocabulary)
    return [
        card(row, page, forums[row.forum_id], marks, found.get(row.submission_id), texts.get(row.submission_id, ""))
        for row in inputs
    ]


class Page:
    """What is the same for every line of a page, asked once: the words of the lists, the language, the way to a page."""

    def __init__(self, vocabulary):
        self.vocabulary, self.language = vocabulary, get_language() or "en"
        self.input_at, self.organisation_at = way_to("submissions:input"), way_to("submissions:organisation")


def card(published, page, forum, marks=None, hit=None, own="") -> dict:
    """`own` is what its text says around the words, in place of its excerpt."""
    vocabulary = page.vocabulary
    words = {"title": published.title, "excerpt": published.excerpt}
    if marks:
        words = {
            "title": marks.html(published.title, published.language),
            "excerpt": marks.html(own or published.excerpt, published.language),
        }
    told = for_reader(published, page.language)
    if told and "<mark>" not in words["title"] + words["excerpt"]:
        words = {"title": told["title"], "excerpt": excerpt_of({**told, "text": ""}), "translated": told}
    kind = vocabulary.word("kind", published.kind)
    standing = vocabulary.word("basis", published.basis) if published.basis else ""
    spoken = words["translated"]["language"] if "translated" in words else published.language
    return {
        **words,
        "hit": hit,
        "is_copy": getattr(published, "is_copy", False),  # of the input under which it stands as related
        "in_text": bool(marks) and hit is None and "<mark>" not in words["title"] + words["excerpt"],
        "title_language": spoken,
        "url": page.input_at(published.reference),
        "reference": published.reference,
        "language": published.language,
        "organisation": published.organisation_name,
        "organisation_language": published.organisation_language,
        "organisation_url": page.organisation_at(published.organisation_slug),
        **(under_it(published.co_sponsors) if published.co_sponsors else ALONE),
        "kind": kind,
        "standing": "" if standing == kind else standing,
        "forum": vocabulary.word("forum", forum),
        "published_at": published.visible_at,
        "tags": tags(published, vocabulary),
    }


def under_it(bodies) -> dict:
    """Those that stand under a joint input beside its lead, in the order for the reader; two lists."""
    ordered = in_un_order(bodies, get_language() or "en")
    for body in ordered:
        body["url"] = address("submissions:organisation", body["slug"]) if body["slug"] else ""
    return {
        "co_sponsors": [body for body in ordered if not body["on_behalf"]],
        "on_behalf_of": [body for body in ordered if body["on_behalf"]],
    }


def authors(published) -> list:
    """Under which names an input is cited, each with its language: the lead, then those that agreed, for the reader."""
    others = [body for body in published.co_sponsors if not body["on_behalf"]]
    ordered = in_un_order(others, get_language() or "en")
    lead = (published.organisation_name, published.organisation_language)
    return [lead, *((body["name"], body["language"]) for body in ordered)]


def tags(published, vocabulary) -> list:
    """Level, countries, regions, objectives, language and files, as short words."""
    words = [vocabulary.word("level", published.level), *_countries(published, vocabulary)]
    words += [vocabulary.word("region", code) for code in published.regions]
    if published.objectives:
        numbers = ", ".join(str(number) for number in published.objectives)
        words.append(
            ngettext("Objective %(numbers)s", "Objectives %(numbers)s", len(published.objectives)) % {"numbers": numbers}
        )
    words.append(vocabulary.word("language", published.language))
    if published.files:
        words.append(ngettext("%(count)d file", "%(count)d files", published.files) % {"count": published.files})
    if published.title_is_described:
        words.append(_("the title describes the input"))
    return words


def _countries(published, vocabulary):
    shown = [vocabulary.word("country", code) for code in published.countries[:MOST_COUNTRIES]]
    more = len(published.countries) - len(shown)
    return shown + ([_("and %(count)d more") % {"count": more}] if more else [])
