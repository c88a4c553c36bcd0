"""What the public may read of an input besides its present words: corrected versions, what was corrected, additions."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import get_language

from forums.public_page import public_page, unless_unchanged
from submissions import publication
from submissions.compared import compared, two_of
from submissions.in_words import how_readable
from submissions.markup import html_of_public
from submissions.models import Act, Redaction
from submissions.questions.showing import in_sections, sent_answers


def kinds_in_words(kinds) -> list:
    """The kinds of reasons for which parts are redacted."""
    return [Redaction.Kind(kind).label for kind in kinds]


def versions_of(published) -> dict:
    """For the page of an input: its public versions where there are several, and its additions with their files."""
    versions = publication.public_versions(published) if published.corrected_at else []
    additions = publication.public_additions(published) if published.has_additions else []
    files = list(publication.clean_files(*additions)) if additions else []
    return {
        "versions": versions if len(versions) > 1 else [],
        "additions": [_addition(version, files) for version in additions],
    }


def _addition(version, files) -> dict:
    content = version.shown
    named = set(publication.named_files(content))
    own = [file for file in files if str(file.pk) in named]
    return {
        "symbol": version.symbol,
        "anchor": f"add-{version.act_number}",
        "title": content["title"],
        "language": content["language"],
        "summary": html_of_public(content["summary"]),
        "text": html_of_public(content["text"]),
        "received_at": version.sent_at,
        "late": version.proposal.late,
        "files": lines_of(own),
        "being_checked": len(named) - len(own),
    }


def lines_of(files) -> list:
    return [
        {
            "pk": file.pk,
            "name": file.name,
            "kind": file.name.rpartition(".")[2].upper(),
            "size": file.size,
            "pages": file.pages,
            "language": file.get_language_display(),
            "readable": how_readable(file),
        }
        for file in files
    ]


@public_page
def version(request, reference, number):
    """A version of a visible input that is or was public, at an address of its own; anything else is a missing page."""
    published, versions = _public(reference)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Http404
    newest = versions[-1]
    content = publication.whitelisted(version)
    about = {
        "published": published,
        "version": version,
        "newest": newest,
        "content": content,
        "redacted": kinds_in_words(version.changes.get("kinds", [])),
        "is_former": version != newest,
        "summary": html_of_public(content["summary"]),
        "text": html_of_public(content["text"]),
        "sections": in_sections(sent_answers(content)),
        "files": lines_of(publication.clean_files(version)),
    }
    return _answer(request, published, "submissions/public/version.html", about)


@public_page
def differences(request, reference):
    """What a correction changed: between two versions that are or were public, and no others."""
    published, versions = _public(reference)
    old, new = two_of(versions, request.GET)
    if old is None:
        raise Http404
    contents = [publication.whitelisted(one) for one in (old, new)]
    changes = compared(*contents, published.forum, view=request.GET.get("view", ""))
    about = {"published": published, "versions": versions, "old": old, "new": new, "changes": changes}
    return _answer(request, published, "submissions/public/differences.html", about)


def _public(reference):
    seen = publication.visible(now()).select_related("forum", "version").defer("vector")
    published = get_object_or_404(seen, reference=reference)
    return published, publication.public_versions(published)


def _answer(request, published, template, about):
    return unless_unchanged(
        request,
        lambda: render(request, template, {**about, "correction": Act.CORRECTION}),
        request.get_full_path(),
        get_language(),
        changed_at=max(published.changed_at, published.visible_at),
    )
