"""The demonstration as a whole site for tests that only look at pages: made once, gone after them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from tests.browser import WIDE
from tests.journeys.conftest import load_lists


@pytest.fixture(scope="package")
def demonstration(django_db_setup, django_db_blocker):
    """Real lists and the demonstration forum, committed, so that a server in another thread shows them."""
    from imrf_portal.demo.seeding import seed

    with django_db_blocker.unblock():
        load_lists()
        seed(at=now())
        begin_another_draft()
        begin_another_application()
        begin_a_national_review()
        write_another_version()
        begin_an_addition()
        read_some_files()
        wish_for_less()
        type_what_came_otherwise()
        gather_for_the_note()
        follow_two_lists()
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def window(chromium, portal):
    """The window of a language, light or dark, with scripts or without, as `window("ar", dark=True, width=NARROW)`."""
    from tests.pages.reachable import Window

    opened = {}

    def of(language, *, dark=False, width=WIDE, scripts=True):
        kind = (language, dark, scripts)
        if kind not in opened:
            opened[kind] = Window(chromium, portal, language=language, dark=dark, width=width, scripts=scripts)
        opened[kind].at_width(width)
        return opened[kind]

    yield of
    for browser in opened.values():
        browser.context.close()


def gather_for_the_note():
    """A compilation that was made, a call letter that waits for a second person, a writing room with two versions."""
    from forums.models import Forum
    from submissions.compilations import making
    from submissions.models import CallLetter
    from submissions.writing_room import operations as writing
    from submissions.writing_room.outline import Section
    from tests.pages.every import administrator, editor, open_call

    forum, by, at = Forum.objects.get(slug="demo"), editor(), now()
    said = {"chosen": {"objective": ["7"]}, "extent": "full", "order": "region", "language": "en", "forms": ["xlsx"]}
    making.ask_compilation(forum, **said, by=by, at=at)
    making.make_compilations(at=at, clock=now)
    silent = list(forum.accreditations.values_list("organisation", flat=True)[:2])
    CallLetter.objects.create(
        call=open_call(), organisations=silent, words="Write to us.", asked_by=administrator(), asked_at=at
    )
    note = writing.open_note(forum.milestones.filter(kind="note").first(), by=by, at=at)
    for edition in range(2):
        sections = [Section("Trends", f"Notes of version {edition + 1}.", ())]
        writing.save_note(note, sections=sections, most_words=8500, edition=edition, by=by, at=at)


def follow_two_lists():
    """An address outside that hears of new inputs in two lists."""
    from tests.pages.every import followed

    followed()


def begin_another_draft():
    """A draft of which nothing but its language is written: what an author sees first."""
    from submissions import operations
    from tests.pages.every import open_call, speaker

    person = speaker()
    operations.start(call=open_call(), organisation=person.organisation, by=person.user, at=now(), language="en")


def begin_a_national_review():
    """A draft with a long form, some of it answered: what was chosen, written, and filled into the table."""
    from forums.models import Call
    from submissions import operations
    from tests.pages.every import speaker

    person, call = speaker(), Call.objects.get(forum__slug="demo", slug="national-reviews")
    draft = operations.start(call=call, organisation=person.organisation, by=person.user, at=now(), language="en")
    answers = {"implementation_plan": "yes", "stakeholders_consulted": ["migrants", "media"], "parliament_consulted": "no"}
    answers |= {"measures": [{"measure": "Hotline", "since": "2023"}], "achievements": "Nine **missions** answer."}
    operations.revise(draft, by=person.user, at=now(), edition=draft.edition, answers=answers)


def write_another_version():
    """A form whose next version is being written."""
    from submissions import operations
    from submissions.models import FormTemplate

    operations.begin_version(FormTemplate.objects.get(code="report"))


def begin_an_addition():
    """An addition that is being written, beside an input that was corrected."""
    from submissions import operations
    from tests.pages.every import beside

    sent = beside("correction", "approved")()
    operations.add(sent, by=sent.begun_by, at=now())


def read_some_files():
    """Files as their readings left them: one with details nobody sees in a draft, one that was sent and is held."""
    from imrf_portal.demo.files import annex
    from submissions import operations
    from submissions.models import Attachment
    from submissions.operations.extracting import keep
    from tests.pages.every import written_together

    draft = written_together()
    hidden = {"author": "Joseph B.", "software": "An office program 7.2", "comments": 2}
    about = {"pages": 1, "words": 240, "language": "en", "has_text": True, "is_tagged": False, "hazards": []}
    kept = operations.attach(draft, annex("pdf", 99), by=draft.begun_by, at=now())
    keep(kept, {**about, "hidden": hidden}, at=now())
    operations.attach(draft, annex("csv", 99), by=draft.begun_by, at=now())
    sent = Attachment.objects.filter(media_type="application/pdf", submission__status__in=("submitted", "under_review"))
    sent = sent.first() or Attachment.objects.filter(submission__versions__isnull=False).first()
    keep(sent, {**about, "hidden": {"author": "Somebody"}, "hazards": ["script", "embedded"]}, at=now())


def wish_for_less():
    """An author no longer wants a published input to be shown."""
    from submissions import operations
    from tests.pages.every import beside

    sent = beside("addition", "approved")()
    reason = "Two of the institutions that are quoted no longer agree to be named."
    operations.ask_otherwise(sent, wanted="desk", reason=reason, by=sent.begun_by, at=now())


def type_what_came_otherwise():
    """A letter that is typed and not recorded, and a file of inputs that was read."""
    from submissions.on_behalf import batches
    from tests.pages.every import editor, open_call
    from tests.submissions.recordings import make_batch, make_recording, row

    harbour = open_call().submissions.order_by("pk").first().organisation
    came = now() - timedelta(days=1)
    make_recording(call=open_call(), organisation=harbour, by=editor(), at=now(), came_at=came)
    lines = [row("a", "Harbor Lights"), row("b"), row("c", level="galactic"), row("d", objectives="")]
    make_batch(*lines, call=open_call(), by=editor(), at=now())
    batches.work_on_batches(at=now())


def begin_another_application():
    """An application of which nothing is written yet, of an organisation whose earlier one has ended."""
    from accreditation import operations
    from accreditation.models import Accreditation, Basis

    ended = Accreditation.objects.filter(forum__slug="demo", status="expired").first()
    person = ended.organisation.memberships.standing().filter(role="focal_point").first().user
    operations.begin(ended.organisation, forum=ended.forum, basis=Basis.objects.get(pk="special"), by=person, at=now())
