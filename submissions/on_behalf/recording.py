"""Recording: what was staged becomes an input with a reference and a receipt, marked as recorded by the desk."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Organisation
from accreditation.names import fold
from accreditation.operations.living import hold_living
from accreditation.operations.membership import free_slug
from accreditation.operations.twins import note_twins
from forums.clock import database_now
from forums.models import Country
from forums.refusals import Refused
from submissions.models import Attachment, Recording, Submission
from submissions.operations.recording import NOTE
from submissions.operations.submitting import receive

State = Recording.State
PLAIN = ("title", "summary", "text", "language", "level", "source_url")
LISTS = ("countries", "regions", "objectives")
NEEDED = ("title", "language", "level")


def record(recording, *, by, at=None) -> Submission:
    """Make the input, with reference, receipt and files; it waits for the desk's review like every other.

    The moment typed decides whether it is marked as late, and the receipt names that moment beside the one of PostgreSQL's
    clock. Recording again what was recorded returns the same input. `at` is for tests only. Letters follow from the step.
    Raises Refused where something is missing, or where its key was recorded before.
    """
    try:
        with transaction.atomic():
            return _record(recording, by=by, at=at)
    except IntegrityError as why:
        raise Refused(_("An input with this key was recorded in this call before. Look at that one.")) from why


def _record(recording, *, by, at):
    rows = Recording.objects.select_for_update(of=("self",)).select_related("call__forum", "organisation", "submission")
    held = rows.get(pk=recording.pk)
    if held.submission:
        return held.submission
    at = at or database_now()
    ask_whether_complete(held, at)
    submission = _made(held, _organisation_of(held, by=by, at=at), by=by, at=at)
    receive(submission, by=by, at=at, note=NOTE, more=_how_it_came(held))
    if not (held.tells_people or held.letter_to):
        submission.steps.update(announced_at=at)
    Recording.objects.filter(pk=held.pk).update(
        state=State.RECORDED, submission=submission, organisation=submission.organisation
    )
    return submission


def _made(held, organisation, *, by, at):
    submission = Submission.objects.create(
        call=held.call,
        organisation=organisation,
        recorded_by_desk=True,
        received_late=held.is_late,
        contact_email=held.contact_email,
        begun_by=by,
        begun_at=at,
        saved_at=at,
        **{name: held.about.get(name, "") for name in PLAIN},
    )
    for name in LISTS:
        getattr(submission, name).set(held.about.get(name, []))
    for file in held.files.all():
        same = {name: getattr(file, name) for name in ("name", "size", "media_type", "sha256")}
        Attachment.objects.create(submission=submission, file=file.file.name, added_by=by, added_at=at, **same)
    held.files.all().delete()  # the bytes are the input's now
    return submission


def _organisation_of(held, *, by, at):
    """The organisation, kept from being merged meanwhile; or its new record, which nobody acts for yet."""
    if held.organisation:
        return hold_living(held.organisation)
    said = dict(held.new_organisation)
    if held.batch_id and (there := Organisation.objects.living().filter(names__folded=fold(said["name"])).first()):
        return hold_living(there)  # an earlier line of the same file made it
    country = Country.objects.filter(pk=said.pop("country", "") or "").first()
    made = Organisation.objects.create(
        slug=free_slug(said["name"], said.get("acronym", "")), country=country, made_by=by, made_at=at, **said
    )
    note_twins(made, at=at)
    return made


def _how_it_came(held) -> dict:
    """What the receipt says of how the input reached the Network."""
    return {"recorded": {"how": held.how, "came_at": held.came_at.isoformat(timespec="seconds")}}


def lacking(held, at) -> list:
    """Sentences about what must still be said before it can be recorded; empty when nothing is missing."""
    about, found = held.about, []
    if held.organisation is None and not (held.new_organisation.get("name") and held.new_organisation.get("kind")):
        found.append(_("Say whose input it is."))
    found += [sentence for name, sentence in _needed() if not about.get(name)]
    if not about.get("text") and not about.get("source_url") and not held.files.exists():
        found.append(_("Type the text, or add the letter as a file: an input needs one of them."))
    if held.came_at > at:
        found.append(_("It cannot have come in the future. Say when it reached the Network."))
    if held.is_late and not held.late_reason:
        found.append(_("It came after the call had closed: say why it is taken all the same."))
    return found


def _needed():
    return (
        ("title", _("Give the input a title.")),
        ("language", _("Choose the language of the text.")),
        ("level", _("Choose the level.")),
    )


def ask_whether_complete(held, at):
    if held.state != State.STAGED:
        raise Refused(_("This was set aside. Open the list again to see what became of it."))
    if missing := lacking(held, at):
        raise Refused(" ".join(map(str, missing)))
