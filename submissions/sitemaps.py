"""Sitemaps by language: every public page with its address in each of the six. Blocks of inputs by key, which never move.

An index names the blocks; a block has at most BLOCK inputs, whatever their number, and costs one probe of an index.
The writer of XML is imported where a sitemap is written: a web process whose sitemaps nobody reads does not hold it.
"""

from django.conf import settings
from django.db.models import F, Func, IntegerField, Max, Q
from django.db.models.functions import Cast, Greatest
from django.urls import reverse
from django.utils import translation

from forums.models import Country, Forum, NationalReview, Region
from submissions import publication
from submissions.publication import visible

SITEMAP, XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"
BLOCK = 5000
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PLAIN = (
    *("home", "about", "terms", "moderation", "privacy", "accessibility", "submissions:open_data"),
    *("submissions:inputs", "forums:forums", "forums:calendar", "forums:reports"),
    *("forums:regional_reviews", "submissions:national_reviews", "submissions:objectives", "submissions:countries"),
    *("submissions:organisations", "submissions:figures", "submissions:coverage", "demonstration", "changes"),
)


def index(at) -> bytes:
    """All sitemaps there are; those of inputs with the moment of their last change."""
    from lxml import etree

    root = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})
    blocks = [("pages", 0, None), *(("inputs", *each) for each in _input_blocks(at))]
    blocks += [("organisations", number, None) for number in _organisation_blocks(at)]
    for section, number, changed in blocks:
        for language in LANGUAGES:
            entry = etree.SubElement(root, f"{{{SITEMAP}}}sitemap")
            address = settings.SITE_URL + reverse("sitemap_part", args=[language, section, number])
            _put(entry, "loc", address)
            if changed:
                _put(entry, "lastmod", changed.isoformat(timespec="seconds"))
    return _written(root)


def part(language, section, number, at) -> bytes | None:
    """One sitemap; None where there is no such."""
    from lxml import etree

    rows = SECTIONS[section](number, at)
    if not rows:
        return None
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML})
    for name, args, changed in rows:
        addresses = {code: _address(code, name, args) for code in LANGUAGES}
        entry = etree.SubElement(root, f"{{{SITEMAP}}}url")
        _put(entry, "loc", addresses[language])
        if changed:
            _put(entry, "lastmod", changed.isoformat(timespec="seconds"))
        for code, address in {**addresses, "x-default": addresses["en"]}.items():
            etree.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=code, href=address)
    return _written(root)


def _pages(number, at):
    if number:
        return []
    rows = [(name, [], None) for name in PLAIN]
    rows += [("submissions:objective", [objective], None) for objective in range(1, 24)]
    for slug in Forum.objects.order_by("slug").values_list("slug", flat=True):
        rows += [("forums:forum", [slug], None), ("submissions:forum_inputs", [slug], None)]
        rows += [("submissions:round_table", [slug, table], None) for table in range(1, 5)]
        rows += [("submissions:forum_figures", [slug], None), ("submissions:forum_coverage", [slug], None)]
    rows += [("submissions:region", [code], None) for code in Region.objects.order_by("pk").values_list("pk", flat=True)]
    return rows + [("submissions:country", [code], None) for code in _countries(at)]


def _countries(at):
    """Countries and areas about which something is public; the page of any other says that nothing is."""
    about = visible(at).order_by().values_list(Func(F("countries"), function="unnest"), flat=True)
    reviewed = NationalReview.objects.values("country")
    seats = publication.public_organisations(at).values("country")
    found = Country.objects.filter(Q(pk__in=about) | Q(pk__in=reviewed) | Q(pk__in=seats))
    return found.order_by("pk").values_list("pk", flat=True)


def _inputs(number, at):
    within = visible(at).filter(pk__gte=number * BLOCK, pk__lt=(number + 1) * BLOCK)
    changed = Greatest("changed_at", "visible_at")
    rows = within.order_by("pk").annotate(changed=changed).values_list("reference", "changed")
    return [("submissions:input", [reference], changed) for reference, changed in rows]


def _organisations(number, at):
    within = _public_organisations(at).filter(pk__gte=number * BLOCK, pk__lt=(number + 1) * BLOCK)
    slugs = within.order_by("pk").values_list("slug", flat=True)
    return [("submissions:organisation", [slug], None) for slug in slugs]


SECTIONS = {"pages": _pages, "inputs": _inputs, "organisations": _organisations}


def _public_organisations(at):
    return publication.public_organisations(at)


def _input_blocks(at):
    changed = Max(Greatest("changed_at", "visible_at"))
    return _blocks(visible(at)).annotate(changed=changed).order_by("block").values_list("block", "changed")


def _organisation_blocks(at):
    return _blocks(_public_organisations(at)).order_by("block").values_list("block", flat=True).distinct()


def _blocks(rows):
    return rows.order_by().annotate(block=Cast(F("pk") / BLOCK, IntegerField())).values("block")


def _address(language, name, args):
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=args)


def _put(parent, name, text):
    from lxml import etree

    etree.SubElement(parent, f"{{{SITEMAP}}}{name}").text = text


def _written(root):
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
