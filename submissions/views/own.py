"""What the author's pages share: one's own input or 404, its files in words, who moved it."""

from functools import cache

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localtime

from forums.kept_statements import KeptStatement
from forums.templatetags.moments import city_of
from submissions import permissions
from submissions.beside_the_row import ALL, read_beside, spread
from submissions.models import Attachment, PublishedInput, Submission
from submissions.views.details import details_of, extracts_of, state_of

SAVED = (  # what a saving needs of the draft, its call and its forum before it holds the row
    *("answers", "language", "status", "edition", "amends", "form_version", "organisation__id"),
    *("call__levels", "call__most_objectives", "call__most_words", "call__forum__time_zone"),
)


def own_input(request, pk, *, may=permissions.may_read, only=(), beside=ALL):
    """An input of an organisation for which this person acts, or 404 exactly as for one that does not exist.

    One statement; its lists and the person's role come with it. What is somebody else's is looked for as long as what is not
    there: no clock tells the two apart. `only` names the columns to be read where that is done many times a minute, `beside`
    what is read with the row.
    """
    named = {"pk": pk, "person": request.user.pk}
    for statement in (_by_key, _by_key_of_change):
        for one in statement(only, beside).rows(**named):
            if spread(one, request.user) and may(request.user, one):
                return one
    raise Http404


def _own_inputs(only, beside, person):
    inputs = read_beside(Submission.objects.select_related("call__forum", "organisation"), person, beside).order_by()
    return inputs.only(*only) if only else inputs


@cache
def _by_key(only, beside):
    return KeptStatement(lambda *, pk, person: _own_inputs(only, beside, person).filter(pk=pk), prepared=True)


@cache
def _by_key_of_change(only, beside):
    """A change that was sent lies in the input that it changed."""
    return KeptStatement(lambda *, pk, person: _own_inputs(only, beside, person).filter(versions__sent_from=pk)[:1])


def public_from(submission, at):
    """The instant from which the public reads an input that is published and not seen yet; None for any other."""
    if submission.status != Submission.Status.PUBLISHED:
        return None
    later = PublishedInput.objects.filter(submission=submission, visible_at__gt=at)
    return later.values_list("visible_at", flat=True).first()


def place_of_files(pk):
    return reverse("submissions:edit", args=[pk]) + "#files"


def kept_files(submission) -> list:
    """The files that it keeps, each with what was read in it; not asked for where there are none."""
    if submission.files_read == 0:
        return []
    return list(submission.attachments.kept().select_related("extract"))


def lines_of(files) -> list:
    """Each file as its line shows it, translations behind their original; only one that may be handed out has an address."""
    files = list(files)
    extracts = extracts_of(files)
    return [_line(file, extracts.get(file.pk), files) for file in in_groups(files)]


def in_groups(files) -> list:
    """Originals in their order, each followed by its translations."""
    there = {file.pk for file in files}
    behind = {}
    for file in files:
        behind.setdefault(file.translates_id if file.translates_id in there else None, []).append(file)
    return [file for original in behind.get(None, []) for file in (original, *behind.get(original.pk, []))]


def _line(file, extract, files):
    word, tone = state_of(file)
    return {
        "pk": file.pk,
        "name": file.name,
        "kind": kind_of(file.name),
        "size": file.size,
        "sha256": file.sha256,
        "public": file.public,
        "word": word,
        "tone": tone,
        "url": reverse("submissions:my_file", args=[file.submission_id, file.pk]) if file.is_servable else "",
        "language": file.get_language_display(),
        "language_code": file.language,
        "translates": file.translates_id,
        "translation": file.translation,
        "translation_word": file.get_translation_display(),
        "originals": [(each.pk, each.name) for each in files if each.pk != file.pk and not each.translates_id],
        **details_of(file, extract),
    }


def saved_at_words(submission) -> str:
    """The clock time of the last saving where the forum is: 14:02:33 New York."""
    zone = submission.call.forum.zone
    return f"{localtime(submission.saved_at, zone):%H:%M:%S} {city_of(zone)}"


def kind_of(name) -> str:
    return name.rpartition(".")[2].upper()


def files_of(version) -> list:
    """The files that a sent version names, in its order, with the state they have today."""
    named = [file["id"] for file in version.content["files"]]
    files = Attachment.objects.filter(submission=version.submission_id, pk__in=named).select_related("extract")
    there = {str(file.pk): file for file in files}
    return lines_of(there[pk] for pk in named if pk in there)
