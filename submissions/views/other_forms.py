"""One published input in other forms, beside its page: `.ris .bib .csl.json` to cite it, `.json` all of it."""

from functools import partial

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.public_page import public_page, unless_unchanged
from submissions import publication, schema_org
from submissions.citing import bibtex, csl, ris
from submissions.describing import described
from submissions.harvest.dublin_core import statements
from submissions.search.vocabulary import vocabulary
from submissions.serializers import WholeInputSerializer

RIS, BIBTEX = "application/x-research-info-systems", "application/x-bibtex"
CSL = "application/vnd.citationstyles.csl+json"
ALTERNATES = (("pdf", "application/pdf"), ("ris", RIS), ("bib", BIBTEX), ("csl.json", CSL), ("json", "application/json"))


def found(reference):
    """The row, and the answer where it was taken down (410); else exactly one of them is None."""
    at = now()
    inputs = publication.visible(at) | publication.entombed(at)
    rows = publication.with_version(inputs).select_related("version").defer("vector")
    row = get_object_or_404(rows, reference=reference.upper()[:40])
    if row.taken_down_at:
        sentence = _("This input is no longer published.")
        return None, HttpResponse(f"{sentence}\n", status=410, content_type="text/plain; charset=utf-8")
    return row, None


def in_form(make):
    """A view that gives what `make(row)` answers, or a 304 to who has it."""

    @public_page
    def view(request, reference):
        row, gone = found(reference)
        if gone:
            return gone
        changed = max(row.changed_at, row.visible_at)
        return unless_unchanged(request, partial(make, row), request.path, get_language(), changed_at=changed)

    return view


def _description(row):
    return described(row, vocabulary([]))


def _download(text, media_type, row, suffix):
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.reference}.{suffix}"'
    return response


@in_form
def as_ris(row):
    return _download(ris(_description(row)), RIS, row, "ris")


@in_form
def as_bibtex(row):
    return _download(bibtex(_description(row)), BIBTEX, row, "bib")


@in_form
def as_csl(row):
    items = [csl(_description(row))]
    return JsonResponse(items, safe=False, content_type=CSL, json_dumps_params={"ensure_ascii": False})


@in_form
def as_json(row):
    """As the API shows it."""
    return JsonResponse(WholeInputSerializer(row).data, json_dumps_params={"ensure_ascii": False})


def head_of(published, words) -> dict:
    """What the head of its page says to machines; asks nothing of the database."""
    published.version_number, published.version_sent_at = published.version.number, published.version.sent_at
    input = described(published, words)
    alternates = ((media_type, input.address(suffix, get_language())) for suffix, media_type in ALTERNATES)
    return {
        "dublin_core": mark_safe("".join(_line(*each) for each in statements(input))),  # noqa: S308 escaped there
        "schema_org": mark_safe(schema_org.script(schema_org.report(input))),  # noqa: S308 escaped there
        "way": published.get_absolute_url().rstrip("/"),
        "alternates": format_html_join("", '<link rel="alternate" type="{}" href="{}">\n', alternates),
    }


def _line(element, text, language):
    """An element of Dublin Core in the head of a page; a template takes three times as long for its fifteen."""
    spoken = f' lang="{escape(language)}"' if language else ""
    return f'<meta name="DC.{element}"{spoken} content="{escape(text)}">\n'
