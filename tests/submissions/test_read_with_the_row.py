"""What is read with the row of an input, or by hand in one statement, is what the models say."""

from functools import partial
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from accreditation.models import Membership
from accreditation.permissions import represents, writes_for
from forums.models import Country, GuidingPrinciple, Objective, Region
from submissions import operations
from submissions.forms import DraftForm
from submissions.forms.lists import known_keys, vocabularies
from submissions.models import Attachment, Submission
from submissions.operations.held import look_behind
from submissions.operations.reopened import opened
from submissions.questions.asking import asked_now, form_for, form_of
from submissions.questions.fields import field_of
from submissions.views.joint import under_it_now
from submissions.views.own import kept_files, own_input
from submissions.views.together import last_changes, open_notes
from submissions.views.typed import begun_by
from tests.factories import NOW, ask_form, join, make_draft, make_form, make_submission, make_user

pytestmark = pytest.mark.django_db


def read(submission, user):
    request = RequestFactory().get("/")
    request.user = user
    return own_input(request, submission.pk)


def a_file(name):
    return SimpleUploadedFile(name, f"What stands in {name}.".encode())


def fresh(submission):
    return Submission.objects.get(pk=submission.pk)


@pytest.fixture
def full(call, organisation, amina):
    form, local = make_form(("what", "long")), make_form(("city", "short"))
    ask_form(call, form)
    ask_form(call, local, "local")
    draft = make_draft(call=call, organisation=organisation, by=amina, objectives=[14, 3], countries=["KEN", "NPL"])
    operations.leave_note(draft, by=amina, at=NOW, text="Look at this")
    operations.settle_note(operations.leave_note(draft, by=amina, at=NOW, text="And that"), by=amina, at=NOW)
    return draft


def test_lists_forms_and_notes_are_those_of_the_models(full, call, amina, count_statements):
    found = read(full, amina)
    with_row = {name: sorted(keys) for name, keys in found.chosen().items()}
    assert with_row == {name: sorted(one.pk for one in getattr(full, name).all()) for name in with_row}
    assert with_row["objectives"] == [3, 14]
    for level in ("", "national", "local"):
        assert asked_now(found, level) == form_for(call, level) is not None
    assert open_notes(found) == full.draft_notes.filter(resolved_at=None).count() == 1
    assert count_statements(lambda: (found.chosen(), asked_now(found, "local"), open_notes(found), opened(found))) == 0


def test_the_files_that_are_counted_are_those_that_it_keeps(full, amina):
    assert read(full, amina).files_read == 0
    attached = [operations.attach(full, a_file(name), by=amina, at=NOW) for name in ("a.txt", "b.txt", "c.txt")]
    Attachment.objects.filter(pk=attached[0].pk).update(removed_at=NOW)
    assert read(full, amina).files_read == full.attachments.kept().count() == 2


def test_nobody_asks_for_what_its_row_says_is_not_there(call, organisation, amina, count_statements):
    """A draft that was only begun: no file, no upload, no body under it and no change; each is found once it is there."""
    draft = operations.start(call=call, organisation=organisation, by=amina, at=NOW)
    found = read(draft, amina)
    form = DraftForm(submission=found)
    bodies = lambda one: under_it_now(one, one)["lines"]  # noqa: E731
    asked = (kept_files, partial(begun_by, amina), partial(last_changes, form=form), bodies)
    assert count_statements(lambda: [ask(found) for ask in asked]) == 0
    assert [list(ask(found)) for ask in asked] == [[], [], [], []]
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, title="Bridges")
    operations.attach(fresh(draft), a_file("a.txt"), by=amina, at=NOW)
    operations.name_on_behalf(fresh(draft), "Friends of the Harbour", by=amina, at=NOW)
    operations.begin_upload(fresh(draft), by=amina, at=NOW, name="b.txt", size=9, mark="b")
    assert [len(list(ask(read(draft, amina)))) for ask in asked] == [1, 1, 1, 1]
    change = Submission(pk=uuid4(), amends=draft)
    assert (change.co_sponsors_read, fresh(draft).co_sponsors_read) == (None, None)


def test_the_change_of_an_input_is_read_with_the_bodies_that_stand_under_it(call, organisation, amina):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    draft = operations.amend(sent, by=amina, at=NOW)
    assert read(draft, amina).co_sponsors_read is False
    operations.name_on_behalf(draft, "Friends of the Harbour", by=amina, at=NOW)
    assert read(draft, amina).co_sponsors_read is True


def test_a_file_that_came_with_a_saving_stands_on_the_page_that_answers(client, full, amina):
    """The page is shown again because something else was wrong; its row was read before the file came."""
    client.force_login(amina)
    posted = {"title": "x" * 400, "edition": fresh(full).edition, "files": a_file("a.txt")}
    page = client.post(reverse("submissions:edit", args=[full.pk]), posted)
    assert page.status_code == 200
    assert [line["name"] for line in page.context["files"]] == ["a.txt"]
    page = client.post(reverse("submissions:edit", args=[full.pk]), {"files": [a_file("b.txt"), a_file("b.exe")]})
    assert [line["name"] for line in page.context["files"]] == ["a.txt", "b.txt"]


def test_the_form_of_a_level_goes_before_that_of_all_and_the_newest_published_counts(call):
    assert form_for(call, "local") is None
    general, local = make_form(("what", "long")), make_form(("city", "short"))
    ask_form(call, general)
    assert (form_for(call, "local"), form_for(call.pk, None)) == (general.pk, general.pk)
    ask_form(call, local, "local")
    ask_form(call, make_form(("x", "short"), published=False), "regional")
    found = [form_for(call, level) for level in ("local", "national", "", "regional")]
    assert found == [local.pk, general.pk, general.pk, None]


def test_a_saving_lists_the_files_that_were_added_meanwhile(client, full, amina):
    """The count that was read with the row says at most that there is none; the page then shows how many there are."""
    client.force_login(amina)
    posted = {"title": "Bridges", "edition": fresh(full).edition}
    before = client.post(reverse("submissions:autosave", args=[full.pk]), posted).json()["steps"]
    operations.attach(full, a_file("a.txt"), by=amina, at=NOW)
    after = client.post(reverse("submissions:autosave", args=[full.pk]), posted | {"edition": fresh(full).edition}).json()
    assert before != after["steps"]


@pytest.mark.parametrize("opens", [("text", "objectives"), (), None])
def test_what_the_newest_question_opens_is_read_and_asked_anew_once_the_status_is_another(
    call, organisation, amina, ravi, opens
):
    sent = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=ravi)
    before = read(sent, amina)
    operations.ask_for_clarification(sent, by=ravi, at=NOW, question="Which?", opens=opens)
    assert opened(read(sent, amina)) == opened(fresh(sent)) == (None if opens is None else frozenset(opens))
    before.status = "clarification_asked"
    assert opened(before) == opened(fresh(sent))


@pytest.mark.parametrize("role", [*Membership.Role.values, None, "ended", "only asked"])
def test_the_role_that_is_read_answers_as_the_memberships_do(full, organisation, role):
    person = make_user()
    if role is not None:
        join(organisation, person, role if role in Membership.Role.values else "focal_point")
    if role == "ended":
        Membership.objects.filter(user=person).update(until=NOW)
    if role == "only asked":
        Membership.objects.filter(user=person).update(since=None)
    if role not in Membership.Role.values:
        with pytest.raises(Http404):
            read(full, person)
        return
    with_row, alone = read(full, person).organisation, fresh(full).organisation
    assert represents(person, with_row) == represents(person, alone) == (role in ("focal_point", "alternate"))
    assert writes_for(person, with_row) == writes_for(person, alone) == (role != "viewer")
    assert not represents(make_user(), with_row), "what was read is about one person"


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "ar"])
def test_the_vocabularies_are_called_as_their_models_call_themselves(forum, language):
    Objective.objects.filter(number=3).update(title_fr="", title_ar="")  # then in English
    with override(language):
        lists = vocabularies()
        assert lists["objectives"] == [(str(one.number), str(one)) for one in Objective.objects.all()]
        assert lists["principles"] == [(str(one.number), str(one)) for one in GuidingPrinciple.objects.all()]
        assert lists["regions"] == [(one.code, one.name) for one in Region.objects.all()]
        areas = {one.iso3: min((area.code for area in one.regions.all()), default=None) for one in Country.objects.all()}
        assert lists["countries"] == [(one.iso3, one.name, areas[one.iso3]) for one in Country.objects.all()]
        keys, objectives = known_keys()
        assert objectives == lists["objectives"]
    assert {name: sorted(found) for name, found in keys.items()} == {
        name: sorted(row[0] for row in rows) for name, rows in lists.items()
    }


def test_lists_are_written_whole_and_only_those_that_are_named(full):
    full.choose(objectives=["14", "7"], regions=["ECA"], countries=[])
    said = fresh(full).chosen()
    assert {name: sorted(keys) for name, keys in said.items()} == {
        "countries": [],
        "regions": ["ECA"],
        "objectives": [7, 14],
        "principles": [],
    }


def test_behind_the_lock_is_what_belongs_to_the_input(full, call, organisation, amina):
    held = look_behind(full)
    assert (held.has_files, held.has_co_sponsors, held.acts, held.is_redacted) == (False, False, [], False)
    operations.name_on_behalf(full, "Friends of the Harbour", by=amina, at=NOW)
    sent = make_submission(call=call, organisation=organisation, by=amina)
    assert (look_behind(full).has_co_sponsors, look_behind(sent).acts) == (True, ["original"])


def test_a_page_marks_its_own_copy_of_a_field_and_each_language_has_its_own(full):
    form = form_of(full.form_version_id)
    one, other = (field_of(form.asked[0], "en") for _ in range(2))
    one.template_name, one.said = "components/_closed_field.html", ["Words"]
    for field in (other, field_of(form.asked[0], "en")):
        assert (field.template_name, hasattr(field, "said")) == (None, False)
    assert field_of(form.asked[0], "fr").widget.attrs["lang"] == "fr"
    assert field_of(form.asked[0], "en").widget.attrs["lang"] == "en"
