"""Inputs one below the other, as submissions/cards.py has them: by a function, at a sixth of what a template takes."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from forums.templatetags.languages import direction
from forums.templatetags.plain_lists import items, written
from submissions.list_files import ways_to_take

register = template.Library()
NAMED = 3  # of those that stand under an input beside its lead


@register.simple_tag
def input_cards(cards, heading="", of_one=False):
    """`{% input_cards cards "h2" %}`: h3 unless said; `of_one` where all are of one organisation, whose name is left out."""
    lines = "".join([_line(card, heading or "h3", of_one) for card in cards])
    return mark_safe(f'<ul class="results">{lines}\n</ul>')  # noqa: S308  each part is escaped where it is put in


def _line(card, heading, of_one):
    spoken = _spoken(card["title_language"])
    title = f'<{heading}{spoken}><a href="{escape(card["url"])}">{written(card["title"])}</a></{heading}>'
    excerpt = f"\n<p{spoken}>{written(card['excerpt'])}</p>" if card["excerpt"] else ""
    return (
        f"\n<li>{title}{_about(card, of_one)}{_copy(card)}{excerpt}{_found(card)}{_translated(card)}\n"
        f'<ul class="tags">{items(card["tags"])}</ul></li>'
    )


def _spoken(language):
    return f' lang="{escape(language)}" dir="{direction(language)}"'


def _about(card, of_one):
    """Whose it is, and its reference."""
    reference = f'<bdi class="reference">{escape(card["reference"])}</bdi>'
    if of_one and not card["co_sponsors"]:
        return f'\n<p class="meta">{reference}</p>'
    lead = _body(card["organisation_url"], card["organisation_language"], card["organisation"])
    words = [lead + _with(card["co_sponsors"]), escape(card["kind"])]
    words += [escape(card["standing"])] if card["standing"] else []
    return f'\n<p class="meta">{" · ".join([*words, reference])}</p>'


def _with(bodies):
    """Who stands under it beside its lead."""
    if not bodies:
        return ""
    beside, named = _("with"), _(", ").join([_body(body["url"], body["language"], body["name"]) for body in bodies[:NAMED]])
    more = " " + _("(%(all)s co-sponsors in all)") % {"all": localize(len(bodies))} if len(bodies) > NAMED else ""
    return f" {beside} {named}{more}"


def _body(url, language, name):
    return f'<a href="{escape(url)}"><bdi lang="{escape(language)}">{escape(name)}</bdi></a>'


def _copy(card):
    return f'\n<p class="meta"><strong>{_("Nearly the same text")}</strong></p>' if card["is_copy"] else ""


def _found(card):
    """In which file the words stand, or that they stand in its text."""
    if not (hit := card["hit"]):
        told = _("The words stand in its text, or in a name of an organisation under it.")
        return f'\n<p class="meta">{told}</p>' if card["in_text"] else ""
    page = " · " + _("page %(page)s") % {"page": localize(hit["page"])} if hit["page"] else ""
    said = f"<q{_spoken(hit['language'])}>{written(hit['text'])}</q>"
    return f'\n<p class="hit"><a href="{escape(hit["url"])}"><bdi>{escape(hit["name"])}</bdi></a>{page} · {said}</p>'


def _translated(card):
    if not (told := card.get("translated")):
        return ""
    old = f" {escape(told['old'])}" if told["old"] else ""
    return f'\n<p class="meta">{escape(told["label"])}{old}</p>'


@register.simple_tag
def files_of_list(filters, total, nearest):
    """`{% files_of_list filters total nearest %}`: links to the list as a file; of one that is too long to the open data."""
    ways = ways_to_take(filters, total, nearest=bool(nearest))
    links = [f'<a href="{escape(url)}" rel="nofollow">{name}</a>' for name, url in ways]
    if total and not links:
        links = [f'<a href="{reverse("submissions:open_data")}">{_("Open data")}</a>']
    return mark_safe(" ".join(links))  # noqa: S308  escaped above
