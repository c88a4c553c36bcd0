"""One input, one of its files, one organisation, for the public: nothing but what publication.py gives."""

from pathlib import PurePosixPath

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.once import kept_forums_of
from forums.public_page import public_page, unless_unchanged
from forums.templatetags.moments import date_in_words
from submissions import publication
from submissions.cards import authors, cards, under_it
from submissions.citing.sentence import names
from submissions.in_words import how_readable, used_in_words
from submissions.last_stamp import stamp_for
from submissions.markup import html_of_public
from submissions.operations.choosing_publicity import TAKEN_BACK
from submissions.operations.withdrawing import WITHDRAWN_BY_AUTHOR
from submissions.questions.showing import in_sections, sent_answers
from submissions.related import related_to
from submissions.row_of_page import row_of_page
from submissions.search.vocabulary import vocabulary
from submissions.translated import for_reader, label_of
from submissions.uploads import TYPES
from submissions.views.other_forms import head_of
from submissions.views.own import in_groups
from submissions.views.public_versions import kinds_in_words, versions_of
from submissions.views.serving import IN_BROWSER, hand_out
from submissions.views.status import how_it_came


@public_page
def published_input(request, reference):
    """One input at its permanent address; where it was taken down, what remains of it (410)."""
    at = now()
    published = row_of_page(reference.upper(), at)
    if published is None:
        raise Http404
    if published.reference != reference:
        return redirect(published, permanent=True)
    if published.taken_down_at:
        return render(request, "submissions/public/tombstone.html", _what_remains(published), status=410)
    request.stays_ready = "inputs"  # imrf_portal/ready_pages.py may keep it
    return unless_unchanged(
        request,
        lambda: render(request, "submissions/public/input.html", _about(published, kept_forums_of(request), at)),
        published.reference,
        get_language(),
        published.related,
        stamp_for(request).at,  # titles of others stand there as related: gone with them, also for who has the page already
        changed_at=max(published.changed_at, published.visible_at),
        by_date=False,
    )


def _what_remains(published):
    """The row and the public reason; the portal's own reason is said in the language of the page."""
    because = published.taken_down_because
    ours = because in (WITHDRAWN_BY_AUTHOR, TAKEN_BACK)
    return {"published": published, "reason": _(because) if ours else because, "reason_of_desk": not ours}


def _about(published, forums, at):
    published.forum = next(forum for forum in forums if forum.pk == published.forum_id)
    words = vocabulary(forums, forum=published.forum, kept=True)
    content = publication.public_content(published)
    files = [line(file) for _number, file in numbered(published.version)]
    return {
        "published": published,
        "forum_name": str(published.forum),
        "in_short": _in_short(published),
        **under_it(published.co_sponsors),
        "authors": names(authors(published)),
        "symbol": published.version.symbol,
        **versions_of(published),
        "cited_on": published.source_seen
        or date_in_words(published.version.sent_at.astimezone(published.forum.zone).date()),
        "redacted": kinds_in_words(content["redacted"]),
        "summary": html_of_public(content["summary"]),
        "text": html_of_public(content["text"]),
        "sections": in_sections(sent_answers(content)),
        "came": how_it_came(publication.how_it_came(published)),
        "files": files,
        "being_checked": publication.files_being_checked(published) if len(files) < published.files else 0,
        "level": words.word("level", published.level),
        "kind": words.word("kind", published.kind),
        "standing": words.word("basis", published.basis) if published.basis else "",
        "language": words.word("language", published.language),
        "languages": _languages(published, words),
        "countries": [(code, words.word("country", code)) for code in published.countries],
        "regions": [(code, words.word("region", code)) for code in published.regions],
        "objectives": [(number, words.word("objective", number)) for number in published.objectives],
        "principles": [words.word("principle", number) for number in content["principles"]],
        "round_tables": [(number, words.word("round_table", number)) for number in published.round_tables],
        "call": published.call_name.get(get_language()) or published.call_name.get("en", ""),
        "translated": (translated := for_reader(published)),
        "translated_summary": html_of_public(translated["summary"]) if translated else "",
        "used_in": used_in_words(published),
        "related": cards(related_to(published, at), words),
        **head_of(published, words),
    }


def _in_short(published):
    """How search engines and those to whom it is passed on have it described."""
    if published.excerpt:
        return Truncator(published.excerpt).chars(200)
    return f"{published.organisation_name} · {published.forum} · {published.reference}"


def _languages(published, words):
    """Languages in which title and summary can be read, the original first: code, word, where a translation is from."""
    translated = [(code, words.word("language", code), label_of(said)) for code, said in published.translations.items()]
    return [(published.language, words.word("language", published.language), ""), *translated]


def numbered(version):
    """Pairs of a file's place in the version and the file; a place does not change when others are found clean."""
    if not version.content["files"]:
        return []
    places = {file["id"]: place for place, file in enumerate(version.content["files"], start=1)}
    return [(places[str(file.pk)], file) for file in in_groups(list(publication.clean_files(version)))]


def line(file):
    return {
        "pk": file.pk,
        "name": file.name,
        "kind": _extension(file).lstrip(".").upper(),
        "read": file.media_type == IN_BROWSER,
        "size": file.size,
        "pages": file.pages,
        "language": file.get_language_display(),
        "translation": file.get_translation_display(),
        "readable": how_readable(file),
    }


def _extension(file):
    known = {media_type: extension for extension, media_type in reversed(TYPES.items())}
    return known.get(file.media_type) or PurePosixPath(file.file.name).suffix


@public_page
def file(request, reference, pk):
    """The bytes of a clean file of a visible input, as a download that can run nothing in a browser."""
    published = get_object_or_404(publication.visible(now()).select_related("version").defer("vector"), reference=reference)
    version = published.version if _names(published.version, pk) else _other_version(published, pk)
    number, attachment = next(((n, file) for n, file in numbered(version) if file.pk == pk), (0, None))
    if attachment is None:
        raise Http404
    name = f"{version.symbol.replace('/', '_')}_{number}"
    answer = hand_out(request, attachment, plain_name=name, changed_at=published.changed_at)
    patch_cache_control(answer, max_age=0, must_revalidate=True)  # what is taken down is gone at once, from caches too
    return answer


def _names(version, pk) -> bool:
    return any(file["id"] == str(pk) for file in version.content["files"])


def _other_version(published, pk):
    """An addition, or a version that was public before, that names this file; 404 where there is none."""
    others = (*publication.public_additions(published), *publication.public_versions(published))
    version = next((version for version in others if _names(version, pk)), None)
    if version is None:
        raise Http404
    return version
