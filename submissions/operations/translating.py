"""Translations of title and summary: written by the desk, offered by authors, made by a machine, checked by a person."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from forums.typed import one_line, without_control
from submissions import publication
from submissions.machine import engine
from submissions.models import InputTranslation, PublishedInput, Submission
from submissions.operations.publishing import vector_shown

Origin, State = InputTranslation.Origin, InputTranslation.State
LONGEST = 10_000
MOST_TRIES = 3
A_SWEEP = 20


def _hold(submission, language):
    """The visible row of the input, held; refused where there is none, or where the language is its own."""
    rows = PublishedInput.objects.select_for_update(of=("self",)).select_related("version", "submission")
    shown = rows.filter(submission=submission, taken_down_at=None).first()
    if shown is None or shown.submission.status != Submission.Status.PUBLISHED:
        raise Refused(_("Only what is public is translated."))
    if language not in dict(settings.LANGUAGES) or language == shown.language:
        raise Refused(_("Choose another language than that of the input."))
    return shown


def _words(shown, title, summary) -> dict:
    title, summary = one_line(title), without_control(summary).strip()
    if not title:
        raise Refused(_("Write the title in that language."))
    if summary and not shown.version.content["summary"]:
        raise Refused(_("The input has no summary, so there is nothing to translate but its title."))
    if len(title) > 300 or len(summary) > LONGEST:
        raise Refused(_("This is longer than any title or summary."))
    return {"title": title, "summary": summary}


@transaction.atomic
def write_translation(submission, *, language, title, summary, origin, by, at):
    """The desk writes or brings in a translation; it takes the place of one that is shown. A machine's is asked for."""
    shown = _hold(submission, language)
    if origin == Origin.MACHINE:
        raise Refused(_("What a person writes is no translation by a machine."))
    words = _words(shown, title, summary)
    _set_shown_aside(submission, language)
    made = InputTranslation.objects.create(
        submission=submission,
        version=shown.version,
        language=language,
        origin=origin,
        state=State.SHOWN,
        by=by,
        at=at,
        **words,
    )
    show_translations(submission, at=at)
    return made


@transaction.atomic
def offer_translation(submission, *, language, title, summary, by, at):
    """Its author offers one; nothing is shown before the desk took it. Another offer takes the place of the first."""
    shown = _hold(submission, language)
    words = _words(shown, title, summary)
    waiting = InputTranslation.objects.filter(submission=submission, language=language, state=State.OFFERED)
    waiting.update(state=State.ASIDE)
    about = {"submission": submission, "version": shown.version, "language": language, "origin": Origin.AUTHOR}
    return InputTranslation.objects.create(**about, state=State.OFFERED, by=by, at=at, **words)


@transaction.atomic
def take_offer(row, *, by, at):
    """Show what its author offered; the person who takes it has read it."""
    _hold(row.submission, row.language)
    _set_shown_aside(row.submission, row.language)
    taken = InputTranslation.objects.filter(pk=row.pk, state=State.OFFERED)
    if not taken.update(state=State.SHOWN, checked_by=by, checked_at=at):
        raise Refused(_("It waits no longer."))
    show_translations(row.submission, at=at)


@transaction.atomic
def correct_translation(row, *, title, summary, checked, by, at):
    """Change the words of a translation, or vouch for them. A person's look stays beside it until the words change."""
    shown = _hold(row.submission, row.language)
    held = InputTranslation.objects.select_for_update().get(pk=row.pk)
    if held.state != State.SHOWN:
        raise Refused(_("It is not shown, so there is nothing to change."))
    words = _words(shown, title, summary)
    same = words == {"title": held.title, "summary": held.summary}
    look = {"checked_by": by, "checked_at": at} if checked else {}
    if not checked and not same:
        look = {"checked_by": None, "checked_at": None}
    version = shown.version if checked or not same else held.version
    InputTranslation.objects.filter(pk=row.pk).update(**words, **look, version=version)
    show_translations(row.submission, at=at)


@transaction.atomic
def set_translation_aside(row, *, by, at):
    """Show it no longer, refuse an offer, or take back what was asked of the machine."""
    # Held first: whoever redacts meanwhile comes before what is read below, or after what is written.
    list(PublishedInput.objects.select_for_update().filter(submission=row.submission_id).values_list("pk"))
    InputTranslation.objects.filter(pk=row.pk).exclude(state=State.ASIDE).update(state=State.ASIDE)
    show_translations(row.submission, at=at)


@transaction.atomic
def ask_machine(submission, *, language, by, at):
    """Let the worker ask the engine; refused where this portal has none, and where a person's translation is shown."""
    if engine() is None:
        raise Refused(_("This portal has no machine translation."))
    shown = _hold(submission, language)
    if not publication.may_be_translated(shown.version):
        raise Refused(_("Words of its title or summary are redacted, so the machine is not given them."))
    rows = InputTranslation.objects.filter(submission=submission, language=language)
    if rows.shown().exclude(origin=Origin.MACHINE).exists():
        raise Refused(_("A person’s translation is shown; set it aside first."))
    about = {"version": shown.version, "origin": Origin.MACHINE, "by": by, "at": at}
    made, _new = rows.get_or_create(submission=submission, language=language, state=State.ASKED, defaults=about)
    return made


def make_translations(*, at) -> int:
    """Ask the engine for what waits: title and summary of what everybody sees, and of nothing else."""
    made, machine = 0, engine()
    waiting = InputTranslation.objects.filter(state=State.ASKED, tries__lt=MOST_TRIES).order_by("at", "pk")
    for row in waiting[:A_SWEEP] if machine else ():
        shown = publication.visible(at).select_related("version").filter(submission=row.submission_id).first()
        if shown is None or not publication.may_be_translated(shown.version):
            InputTranslation.objects.filter(pk=row.pk, state=State.ASKED).update(state=State.ASIDE)
            continue
        made += _make(row, shown, machine, at)
    return made


def _make(row, shown, machine, at) -> bool:
    """Outside any transaction: an engine may take its time."""
    InputTranslation.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    texts = [text for text in (shown.version.content["title"], shown.version.content["summary"]) if text]
    try:
        said = machine.translate(texts, source=shown.language, target=row.language)
        words = _words(shown, said[0], said[1] if len(texts) > 1 else "")
    except Exception as why:
        InputTranslation.objects.filter(pk=row.pk).update(trouble=f"{type(why).__name__}: {why}"[:300])
        return False
    return _take_from_machine(row, shown.version, words, at)


@transaction.atomic
def _take_from_machine(row, version, words, at) -> bool:
    """Show it, unless the input went meanwhile, changed, or a person wrote one."""
    try:
        fresh = _hold(row.submission, row.language)
    except Refused:
        InputTranslation.objects.filter(pk=row.pk, state=State.ASKED).update(state=State.ASIDE)
        return False
    others = InputTranslation.objects.shown().filter(submission=row.submission, language=row.language)
    if fresh.version_id != version.pk or others.exclude(origin=Origin.MACHINE).exists():
        return False
    others.update(state=State.ASIDE)
    taken = InputTranslation.objects.filter(pk=row.pk, state=State.ASKED)
    done = taken.update(state=State.SHOWN, version=version, at=at, trouble="", **words)
    show_translations(row.submission, at=at)
    return bool(done)


def _set_shown_aside(submission, language):
    InputTranslation.objects.shown().filter(submission=submission, language=language).update(state=State.ASIDE)


def show_translations(submission, *, at):
    """Let the public row say in which languages it can be read, and the search find it in each."""
    shown = PublishedInput.objects.select_related("version").filter(submission=submission, taken_down_at=None).first()
    if shown is None:
        return
    translations = publication.translations_of(submission, shown.version)
    if translations == shown.translations:
        return
    columns = {
        "organisation_name": shown.organisation_name,
        "co_sponsors": shown.co_sponsors,
        "translations": translations,
    }
    vector = vector_shown(shown.version, columns)
    PublishedInput.objects.filter(pk=shown.pk).update(translations=translations, vector=vector, changed_at=at)
