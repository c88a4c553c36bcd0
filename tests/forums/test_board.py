"""The board of forums: who answers for what, what is told to whom and when, what was told; held, sent now, reworded."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from forums import board, operations
from forums.models import Letter, Milestone, MilestoneNotice
from forums.operations.milestones import LETTER
from forums.refusals import Refused
from forums.timeline import Standing
from tests.factories import make_call, make_forum, make_user

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
BOARD = "/admin/forums/forum/board/"


def on(day, hour=12):
    return datetime.combine(day, time(hour), tzinfo=NEW_YORK)


def today():
    return now().astimezone(NEW_YORK).date()


@pytest.fixture
def forum(db):
    """Its report, twelve weeks before its first day, is due twenty days from today, whichever day that is."""
    first = today() + timedelta(weeks=12, days=20)
    return make_forum(first_day=first, last_day=first + timedelta(days=3))


@pytest.fixture
def report(forum):
    return forum.milestones.create(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14")


@pytest.fixture
def petra():
    return make_user("petra", staff=True, language="fr")


@pytest.fixture
def manuel(forum):
    manuel = make_user("manuel", staff=True)
    forum.managers.add(manuel)
    return manuel


@pytest.fixture
def answered(report, petra):
    """The report, for which petra answers."""
    report.responsible = petra
    report.save()
    return report


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


def at_distance(milestone, days, hour=12):
    return on(milestone.due_on - timedelta(days=days), hour)


def duty_of(milestone, at=None):
    """The duty as the board shows it."""
    duties = [duty for course in board.courses(at or now()) for duty in course.duties]
    return next(duty for duty in duties if duty.milestone.pk == milestone.pk)


def to_come(milestone, at):
    return [(one.distance, [person.email for person in one.recipients]) for one in duty_of(milestone, at).coming]


def press(client, milestone, verb, **posted):
    return client.post(f"{BOARD}{milestone.pk}/{verb}/", posted, follow=True)


def told():
    return list(MilestoneNotice.objects.order_by("at", "pk").values_list("to", "days_before"))


# What stands on it ---------------------------------------------------------------------------------------------------


def test_it_shows_days_duties_calls_and_who_answers(desk, forum, answered, manuel):
    make_call(forum, name="Stakeholder inputs")
    page = desk.get(BOARD).content.decode()
    for words in (
        str(forum),
        "Manuel",
        "Due in 20 days",
        "A/RES/73/326, paragraph 14",
        "Stakeholder inputs",
        "Not released yet",
    ):
        assert words in page
    assert f'<option value="{answered.responsible_id}" selected>Petra</option>' in page


def test_duties_stand_in_the_order_of_their_days_and_forums_too(forum, report):
    later = make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    sooner = make_forum("demo", first_day=today() + timedelta(days=9), last_day=today() + timedelta(days=9))
    held = make_forum("2022", first_day=today() - timedelta(days=999), last_day=today() - timedelta(days=999), status="held")
    forum.milestones.create(kind="declaration", name="Declaration", on_last_day=True)
    forum.milestones.create(kind="other", name="Briefing", weeks_before=20)
    courses = board.courses(now())
    assert [course.forum for course in courses] == [sooner, forum, later, held]
    assert [duty.milestone.name for duty in courses[1].duties] == ["Briefing", "Report", "Declaration"]


def test_forums_that_were_held_are_folded_and_nothing_is_pressed_there(desk, forum, report):
    forum.status = "held"
    forum.save()
    page = desk.get(BOARD)
    assert (page.context["courses"], len(page.context["held"])) == ([], 1)
    assert '<details class="held">' in page.content.decode()
    assert f"{BOARD}{report.pk}/" not in page.content.decode()


def test_a_duty_that_nobody_answers_for_is_an_alarm(desk, report, petra):
    assert "Nobody answers for it" in desk.get(BOARD).content.decode()
    report.responsible = petra
    report.save()
    assert "Nobody answers for it" not in desk.get(BOARD).content.decode()
    petra.is_active = False
    petra.save()
    page = desk.get(BOARD).content.decode()
    assert "Does not work at the desk any more" in page
    assert duty_of(report).unanswered


def test_documents_and_a_waiver_that_waits_are_named(desk, forum, report, dalia):
    forum.documents.create(kind="sg_report", symbol="A/80/123", title="Report", meets=report)
    report.waivers.create(reason="It is part of another report.", asked_by=dalia, asked_at=now())
    page = desk.get(BOARD).content.decode()
    for words in ("A/80/123", "Waiver asked for", "It is part of another report."):
        assert words in page


def test_where_a_notice_would_reach_nobody_it_is_said(desk, report):
    assert "Its notices reach nobody" in desk.get(BOARD).content.decode()


# Who answers ---------------------------------------------------------------------------------------------------------


def test_somebody_is_made_responsible_in_place_and_the_history_says_by_whom(desk, dalia, report, petra):
    page = press(desk, report, "responsible", responsible=petra.pk, seen="")
    assert "Petra answers for “Report” now." in page.content.decode()
    assert Milestone.objects.get().responsible == petra
    change = report.history.order_by("-pgh_id").first()
    assert (change.responsible_id, change.pgh_context.metadata["user"]) == (petra.pk, dalia.pk)
    press(desk, report, "responsible", responsible="", seen=petra.pk)
    assert Milestone.objects.get().responsible is None
    history = desk.get(f"/admin/forums/milestone/{report.pk}/history/").content.decode()
    assert '<del dir="auto">Petra</del> → <ins dir="auto">–</ins>' in history


def test_who_presses_second_overwrites_nothing_unknowingly(desk, report, petra, manuel):
    press(desk, report, "responsible", responsible=petra.pk, seen="")
    page = press(desk, report, "responsible", responsible=manuel.pk, seen="")
    assert "Somebody else has changed this meanwhile" in page.content.decode()
    assert Milestone.objects.get().responsible == petra
    assert "changed this" not in press(desk, report, "responsible", responsible=petra.pk, seen="").content.decode()


@pytest.mark.parametrize("nonsense", ["0", "x", "999999", "amina"])
def test_only_people_of_the_desk_answer_for_a_duty(desk, report, amina, nonsense):
    chosen = amina.pk if nonsense == "amina" else nonsense
    assert (
        "Choose somebody who works at the desk." in press(desk, report, "responsible", responsible=chosen).content.decode()
    )
    assert Milestone.objects.get().responsible is None


# What will be told ---------------------------------------------------------------------------------------------------


def test_the_next_notices_are_named_with_their_instant_and_whom_they_tell(desk, answered, petra, manuel):
    at = at_distance(answered, 20)
    operations.announce_milestones(at=at)
    both = [petra.email, manuel.email]
    assert to_come(answered, at) == [(14, [petra.email]), (7, [petra.email]), (2, [petra.email]), (0, both), (-1, both)]
    first = duty_of(answered, at).coming[0]
    assert (first.instant, first.recipients[0].language) == (at_distance(answered, 14, hour=9), "fr")
    assert "<bdi>Petra</bdi> (French)" in desk.get(BOARD).content.decode()


def test_what_the_board_says_is_what_the_sweep_does(answered, petra, manuel):
    """Walk to each instant that the board names: exactly these people are told, and nobody between."""
    at = at_distance(answered, 40)
    for _ in range(14):
        notice = duty_of(answered, at).coming[0]
        before = len(told())
        operations.announce_milestones(at=notice.instant - timedelta(seconds=1))
        assert len(told()) == before
        operations.announce_milestones(at=notice.instant)
        assert told()[before:] == [(one.email, notice.distance) for one in notice.recipients]
        at = notice.instant


def test_a_notice_that_the_sweep_has_not_written_yet_is_due_now(answered, petra):
    assert [(one.distance, one.due) for one in duty_of(answered, at_distance(answered, 20)).coming][:2] == [
        (28, True),
        (14, False),
    ]


@pytest.mark.parametrize("settled", [{"met_on": "2026-01-02"}, {"waived_because": "Not this time."}])
def test_nothing_is_to_come_of_a_duty_that_is_settled(desk, answered, settled):
    Milestone.objects.update(**settled)
    assert duty_of(answered).coming == []
    for verb in ("send", "edit"):
        assert "Nobody is told of a duty that is met" in press(desk, answered, verb).content.decode()
    assert told() == []


# Hold and release ----------------------------------------------------------------------------------------------------


def test_held_notices_are_not_sent_and_once_released_the_right_one_is(desk, dalia, answered, petra):
    assert "Nobody is told of “Report”" in press(desk, answered, "hold").content.decode()
    assert "Notices held back" in desk.get(BOARD).content.decode()
    assert operations.announce_milestones(at=at_distance(answered, 28)) == 0
    assert operations.announce_milestones(at=at_distance(answered, 13)) == 0
    press(desk, answered, "release")
    assert operations.announce_milestones(at=at_distance(answered, 12)) == 1
    assert told() == [(petra.email, 14)]
    changes = answered.history.order_by("pgh_id")
    assert [change.notices_held for change in changes][-2:] == [True, False]
    assert {change.pgh_context.metadata["user"] for change in changes if change.pgh_context} == {dalia.pk}


def test_pressed_twice_is_said_and_changes_nothing(desk, answered):
    press(desk, answered, "hold")
    assert "held back already" in press(desk, answered, "hold").content.decode()
    press(desk, answered, "release")
    assert "are not held back" in press(desk, answered, "release").content.decode()
    assert not Milestone.objects.get().notices_held


def test_what_is_held_back_is_not_sent_by_hand_either(desk, answered):
    press(desk, answered, "hold")
    for verb in ("send", "edit"):
        assert "Release them first." in press(desk, answered, verb).content.decode()
    assert Letter.objects.count() == 0


# Send now ------------------------------------------------------------------------------------------------------------


def test_send_now_asks_first_and_says_whom_it_tells(desk, answered, petra):
    page = desk.get(f"{BOARD}{answered.pk}/send/").content.decode()
    assert "petra@example.org" in page
    assert "14 days before" in page
    assert Letter.objects.count() == 0


def test_what_was_sent_now_is_not_sent_again_on_its_day(desk, answered, petra):
    assert "1 letter goes out now." in press(desk, answered, "send").content.decode()
    assert "everybody had the letter" in press(desk, answered, "send").content.decode()
    assert told() == [(petra.email, 14)]
    assert operations.announce_milestones(at=at_distance(answered, 14)) == 0
    assert operations.announce_milestones(at=at_distance(answered, 7)) == 1
    assert told() == [(petra.email, 14), (petra.email, 7)]


def test_control_without_its_notice_it_would_be_sent_again(desk, answered):
    press(desk, answered, "send")
    Letter.objects.all().delete()
    MilestoneNotice.objects.all().delete()
    assert operations.announce_milestones(at=at_distance(answered, 14)) == 1


# Preview -------------------------------------------------------------------------------------------------------------


def preview(client, milestone, days, **more):
    return client.get(f"{BOARD}preview/", {"milestone": milestone.pk, "distance": days, **more})


@pytest.mark.parametrize("days", [14, 0, -1])
def test_a_preview_is_what_is_later_written(desk, answered, petra, manuel, days):
    seen = preview(desk, answered, days, to=petra.email).context["words"]
    assert Letter.objects.count() == 0
    operations.announce_milestones(at=at_distance(answered, days, hour=9))
    letter = Letter.objects.get(to=petra.email)
    assert (letter.subject, letter.text, letter.html) == (seen.subject, seen.text, seen.html)


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh-hans"])
def test_a_preview_is_there_in_each_language(desk, answered, petra, language):
    page = preview(desk, answered, 14, language=language)
    petra.language = language
    petra.save()
    operations.announce_milestones(at=at_distance(answered, 14, hour=9))
    assert page.context["words"].text == Letter.objects.get().text
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<article lang="{language}" dir="{direction}">' in page.content.decode()


def test_a_preview_is_in_the_language_of_whom_it_tells(desk, answered, petra, manuel):
    assert preview(desk, answered, 0).context["language"] == "fr"
    assert preview(desk, answered, 0, to=manuel.email).context["language"] == "en"


@pytest.mark.parametrize(
    "asked",
    [{"milestone": "x"}, {"milestone": 0}, {"distance": "soon"}, {"distance": 99999}, {"language": "de"}, {"to": "nobody"}],
)
def test_a_preview_of_what_does_not_exist_is_missing(desk, answered, asked):
    right = {"milestone": answered.pk, "distance": 14}
    assert desk.get(f"{BOARD}preview/", right).status_code == 200
    assert desk.get(f"{BOARD}preview/", {**right, **asked}).status_code == 404


# Edit ----------------------------------------------------------------------------------------------------------------


def test_the_next_notice_is_reworded_and_goes_out_once_on_its_day(desk, dalia, answered, petra, mailoutbox):
    answer = desk.post(f"{BOARD}{answered.pk}/edit/")
    letter = Letter.objects.get()
    assert answer.url == reverse("admin:forums_letter_rewrite", args=[letter.pk])
    assert desk.get(answer.url).status_code == 200
    assert (letter.held, letter.not_before, letter.forum) == (True, at_distance(answered, 14, hour=9), answered.forum)
    operations.rewrite(letter, subject="Please read", text="The printers need it by Friday.", by=dalia, at=now())
    operations.release(letter)
    early, day = letter.not_before - timedelta(minutes=1), letter.not_before + timedelta(minutes=1)
    for at in (early, day, day + timedelta(minutes=1)):
        operations.announce_milestones(at=at)
        operations.send_due_letters(at=at)
        assert len(mailoutbox) == (at != early)
    [mail] = mailoutbox
    assert (mail.subject, "The printers need it by Friday." in mail.body, mail.to) == ("Please read", True, [petra.email])
    assert told() == [(petra.email, 14)]


def test_a_notice_is_written_as_of_its_day(desk, answered):
    press(desk, answered, "edit")
    letter = Letter.objects.get()
    operations.release(letter)
    seen = (letter.subject, letter.text)
    MilestoneNotice.objects.all().delete()
    Letter.objects.all().delete()
    operations.announce_milestones(at=at_distance(answered, 14, hour=9))
    assert seen == (Letter.objects.get().subject, Letter.objects.get().text)


def test_a_letter_written_ahead_shows_as_held_and_the_notice_after_it_as_the_next(desk, answered, petra):
    press(desk, answered, "edit")
    at = now()
    assert [distance for distance, _people in to_come(answered, at)] == [7, 2, 0, -1, -2]
    assert operations.announce_milestones(at=at) == 0
    page = press(desk, answered, "edit").content.decode()
    assert "is written already" in page
    assert "Held back" in page


@pytest.mark.parametrize("settled", ["met", "waived", "held", "moved"])
def test_a_letter_written_ahead_is_held_when_its_duty_is_settled_before_its_day(answered, settled):
    [letter] = operations.write_ahead(answered, at=now())
    operations.release(letter)
    operations.announce_milestones(at=now())
    assert not Letter.objects.get(pk=letter.pk).held
    if settled == "moved":
        answered.forum.first_day += timedelta(days=1)
        answered.forum.save()
    else:
        changes = {"met": {"met_on": today()}, "waived": {"waived_because": "No."}, "held": {"notices_held": True}}
        Milestone.objects.update(**changes[settled])
    operations.announce_milestones(at=letter.not_before - timedelta(minutes=1))
    assert Letter.objects.get(pk=letter.pk).held


def test_nothing_is_written_ahead_twice(answered):
    operations.write_ahead(answered, at=now())
    with pytest.raises(Refused, match="is written already"):
        operations.write_ahead(answered, at=now())
    assert Letter.objects.count() == 1


# What was told -------------------------------------------------------------------------------------------------------


def test_letters_are_listed_with_what_became_of_them(desk, answered, petra, manuel):
    operations.announce_milestones(at=at_distance(answered, 0))
    sent, back = Letter.objects.order_by("to")
    Letter.objects.filter(pk=sent.pk).update(sent_at=now())
    Letter.objects.filter(pk=back.pk).update(sent_at=now(), bounced_at=now(), bounce="550 no such mailbox")
    page = desk.get(BOARD).content.decode()
    for words in (
        "Came back",
        "550 no such mailbox",
        "1 letter did not arrive",
        reverse("admin:forums_letter_change", args=[back.pk]),
    ):
        assert words in page
    Letter.objects.filter(pk=back.pk).update(settled=True)
    assert "did not arrive" not in desk.get(BOARD).content.decode()


def test_of_many_letters_the_newest_are_listed(desk, answered, petra):
    for late in range(1, 30):
        operations.announce_milestones(at=at_distance(answered, -late))
    duty = duty_of(answered, at_distance(answered, -30))
    assert (len(duty.told), duty.written) == (board.MOST_TOLD, 10)
    assert [one.notice.days_before for one in duty.told] == [-28, -21, -14, -7, -6, -5]
    assert "The newest 6 of 10." in desk.get(BOARD).content.decode()


# Who may -------------------------------------------------------------------------------------------------------------

VERBS = ("responsible", "hold", "release", "edit", "send")


def test_a_reviewer_looks_at_the_board_and_sees_no_address_no_letter_and_no_button(desk_client, ravi, answered, forum):
    forum.desk_email = "canary@example.org"
    forum.save()
    operations.announce_milestones(at=at_distance(answered, 20))
    Letter.objects.update(subject="Canary of a subject")
    page = desk_client(ravi).get(BOARD).content.decode()
    assert "Due in 20 days" in page
    assert "Petra" in page
    for hidden in ("canary@", "petra@", "Canary of", "<select", "/preview/", *(f"/{verb}/" for verb in VERBS)):
        assert hidden not in page


def test_control_an_editor_who_may_read_letters_sees_them_and_no_button(desk_client, elena, answered):
    operations.announce_milestones(at=at_distance(answered, 20))
    client = desk_client(elena)
    page = client.get(BOARD).content.decode()
    assert "petra@example.org" in page
    assert f"{BOARD}preview/" in page
    assert preview(client, answered, 14).status_code == 200
    assert "<select" not in page


@pytest.mark.parametrize("role", ["reviewer", "editor", "accreditation"])
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_not_change_duties_or_letters_presses_nothing(desk_client, answered, role, verb):
    client = desk_client(make_user(staff=True, roles=[role]))
    assert client.post(f"{BOARD}{answered.pk}/{verb}/").status_code == 403
    assert (told(), Milestone.objects.get().notices_held) == ([], False)


def test_a_reviewer_reads_no_preview(desk_client, ravi, answered):
    assert preview(desk_client(ravi), answered, 14).status_code == 403


def test_staff_without_a_role_see_no_board_and_others_not_even_the_desk(desk_client, client, amina, report):
    assert desk_client(make_user(staff=True)).get(BOARD).status_code == 403
    client.force_login(amina)
    for address in (BOARD, f"{BOARD}{report.pk}/send/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("verb", ["responsible", "hold", "release", "edit"])
def test_a_verb_is_never_a_link(desk, answered, verb):
    assert desk.get(f"{BOARD}{answered.pk}/{verb}/").status_code == 405


def test_a_duty_that_does_not_exist_is_missing(desk, forum):
    assert [desk.post(f"{BOARD}999/{verb}/").status_code for verb in VERBS] == [404] * 5


def test_the_work_list_and_the_list_of_forums_lead_to_it(desk, forum):
    for address in ("/admin/", "/admin/forums/forum/"):
        assert f'href="{BOARD}"' in desk.get(address).content.decode()


# What it costs -------------------------------------------------------------------------------------------------------


def fill(numbers, people):
    """Forums with a dozen duties each, letters, documents, waivers, calls and a release."""
    for number in numbers:
        forum = make_forum(
            str(2100 + number), first_day=today() + timedelta(weeks=12), last_day=today() + timedelta(weeks=12)
        )
        forum.managers.add(people[0])
        forum.releases.create(number=1, released_at=now())
        make_call(forum)
        for weeks in range(12):
            duty = forum.milestones.create(
                kind="other", name=f"Duty {weeks}", weeks_before=weeks, responsible=people[weeks % len(people)]
            )
        forum.documents.create(kind="other", title="Paper", meets=duty)
        duty.waivers.create(reason="Because", asked_by=people[0], asked_at=now())
        operations.tell_now(duty, at=now())


def test_it_costs_the_same_with_two_forums_and_with_ten(desk, count_statements):
    people = [make_user(staff=True), make_user(staff=True)]
    counts = []
    for numbers in (range(2), range(2, 10)):
        fill(numbers, people)
        desk.get(BOARD)
        counts.append(count_statements(lambda: desk.get(BOARD)))
    assert len(board.courses(now())) == 10
    assert counts[0] == counts[1] <= 22


def test_every_standing_has_its_place(forum):
    """A standing that is added later is decided upon here: open, and so in need of somebody, or not."""
    closed = {Standing.MET, Standing.MET_LATE, Standing.WAIVED, Standing.NOT_RECORDED}
    assert set(board.OPEN) == set(Standing) - closed


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_the_letter_of_a_notice_has_a_kind_that_the_desk_knows(language):
    from forums.letters.kinds import kind_of

    with translation.override(language):
        assert str(kind_of(LETTER).name)
