"""What the search knows of an input: its words, and the text of its public files in short passages, kept while everybody may
read them and no longer."""

from contextlib import contextmanager

from django.db.models import Value

from submissions import publication
from submissions.models import Extract, ExtractPage, Passage, PublishedInput, Redaction, SearchedNames, Submission, Version
from submissions.sealed_words import without_sealed
from submissions.search import vector_of
from submissions.search.analysis import CONFIGURATIONS
from submissions.search.indexing import WordsOfFiles, passage_vector
from submissions.search.names import names_under
from submissions.search.spelling import forget, learn, words_in

MOST_FILES = 10  # of one input; a longer list is an archive, whose files are found by their input
MOST_PAGES = 200  # of one file: what is longer is a book, whose first chapters say what it is about
MOST_SIGNS = 300_000  # of one file, about 50,000 words: twice the longest report that a forum has asked for
SIGNS, SHARED = 900, 80  # of one passage; and what it shares with the one before, so that no phrase is cut in two


def vector_shown(version, columns):
    """What the search finds it by: its text, what was added, the names of all that stand under it, its public files.

    Names are those of the day of publication and all public ones of today. Keeps the passages of the files, the names and
    the words of all on the way; the caller writes the row in the same transaction.
    """
    names = " ".join([columns["organisation_name"], *(body["name"] for body in columns["co_sponsors"])])
    additions = publication.approved_additions(version.submission_id)
    own, added = publication.public_words(version.shown), [publication.public_words(one.shown) for one in additions]
    translations = columns.get("translations", {})
    keep_passages(version, additions)
    today = _keep_names(version.submission_id, columns["co_sponsors"])
    _learn_words(version.submission_id, [own, *added], [("", names), *today], translations)
    return vector_of(own, names, added, translations, today) + WordsOfFiles(Value(version.submission_id))


def _keep_names(submission_id, co_sponsors):
    """All public names of who stands under it, kept beside the vector; a sweep sees whether they are still the same."""
    names = names_under(submission_id, co_sponsors)
    kept = SearchedNames(submission_id=submission_id, names=names, due=True)
    written = {"unique_fields": ["submission"], "update_fields": ["names", "due"]}
    SearchedNames.objects.bulk_create([kept], update_conflicts=True, **written)
    return names


def _learn_words(submission_id, contents, names, translations):
    texts = [(one["language"], f"{one['title']} {one['summary']} {one['text']}") for one in contents]
    texts += [(code, f"{words['title']} {words['summary']}") for code, words in translations.items()]
    texts += Passage.objects.filter(submission=submission_id).values_list("language", "text").iterator(200)
    learn([*texts, *names])


def keep_passages(version, additions=()):
    """Make the passages of an input those of its public files; writes only about files that came or went.

    The caller is about to write the public row, in the same transaction.
    """
    files = list(publication.clean_files(version, *additions)[:MOST_FILES])
    own = version.shown["language"]
    languages = {file.pk: file.language if file.language in CONFIGURATIONS else own for file in files}
    kept = Passage.objects.filter(submission=version.submission_id)
    kept.exclude(extract__attachment__in=files).delete()
    known = set(kept.values_list("extract", flat=True).order_by().distinct())
    fresh = list(Extract.objects.filter(attachment__in=files).exclude(pk__in=known))
    standing = Redaction.objects.filter(submission=version.submission_id, lifted_at=None).select_related("version")
    redactions = list(standing) if fresh else []
    for extract in fresh:
        made = _passages(version.submission_id, extract, languages[extract.attachment_id], redactions)
        Passage.objects.bulk_create(made, batch_size=200)


def forget_passages(submission_id):
    """Let the passages of an input be made anew: what is redacted has changed, and no search quotes that from a file."""
    Passage.objects.filter(submission=submission_id).delete()


def _passages(submission_id, extract, language, redactions):
    pages = ExtractPage.objects.filter(extract=extract, number__lte=MOST_PAGES).values_list("number", "text")
    left, place = MOST_SIGNS, 0
    for number, text in pages.order_by("number").iterator(50):
        for piece in pieces(without_sealed(text, redactions)[: max(0, left)]):
            place += 1
            yield Passage(
                submission_id=submission_id,
                extract=extract,
                page=number,
                place=place,
                language=language,
                text=piece,
                vector=passage_vector(piece, language),
            )
        left -= len(text)


def pieces(text: str) -> list:
    """The text cut between words into pieces, each beginning with the end of the one before."""
    text, found, start = " ".join(text.split()), [], 0
    while start < len(text):
        end = min(start + SIGNS, len(text))
        if end < len(text):
            end = max(text.rfind(" ", start + SIGNS // 2, end), start + SIGNS // 2) if " " in text[start:end] else end
        found.append(text[start:end].strip())
        if end >= len(text):
            break
        start = max(text.rfind(" ", start, end - SHARED) + 1, end - 2 * SHARED, start + 1)
    return [piece for piece in found if piece]


def show_files_anew(submission_id, *, at):
    """Let the search know the public files of an input as they are now; nothing where it is not on the public side."""
    if index_anew(submission_id):
        PublishedInput.objects.visible(at).filter(submission=submission_id).update(changed_at=at)


def index_anew(submission_id) -> bool:
    """Make what the search knows of an input from what is public of it at this moment; whether it is on the public side."""
    rows = PublishedInput.objects.select_for_update(of=("self",)).filter(submission=submission_id, taken_down_at=None)
    row = rows.select_related("version").first()
    if row is not None:
        named = {name: getattr(row, name) for name in ("organisation_name", "co_sponsors", "translations")}
        PublishedInput.objects.filter(pk=row.pk).update(vector=vector_shown(row.version, named))
    return row is not None


@contextmanager
def forget_words(submission):
    """Around what takes words of an input off the public side: those that no public text has any more are not known."""
    versions = Version.objects.filter(submission=submission).values_list("content", flat=True)
    passages = Passage.objects.filter(submission=submission)
    texts = [f"{one['title']} {one['summary']} {publication.public_words(one)['text']}" for one in versions]
    names = SearchedNames.objects.filter(submission=submission).values_list("names", flat=True).first() or ()
    texts += [name for _language, name in names]
    words = {word for text in (*texts, *passages.values_list("text", flat=True)) for word in words_in(text)}
    yield
    forget(words)


def hold_input_of(file):
    """Lock the input before its file, as everybody does: who publishes it meanwhile is waited for, and seen."""
    list(Submission.objects.select_for_update(no_key=True).filter(pk=file.submission_id).values_list("pk"))
