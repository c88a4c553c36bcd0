"""Tokens of the API: shown once, kept as a fingerprint, told of, ended at once; nobody but a focal point makes one."""

import io
import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from accreditation import operations, tasks, token_words
from accreditation.models import ApiToken
from accreditation.operations import tokens as verbs
from forums.models import Letter
from forums.refusals import Refused
from tests.factories import NOW, join, make_user
from tests.programs import OWN, make_program

pytestmark = pytest.mark.django_db
WORD = re.compile(r"imrf_[0-9A-Za-z]{46}")
TYPED = {"name": "Our document system", "scopes": ["write"], "days": "90"}


def proved(client, person, at=None):
    """Signed in, and having said once more who one is."""
    client.force_login(person)
    session = client.session
    said = {"method": "password", "at": (at or now()).timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [said]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def page(name, organisation, *args):
    return reverse(f"accreditation:{name}", args=[organisation.slug, *args])


def press(client, organisation, **typed):
    return client.post(page("new_token", organisation), {**TYPED, "form_key": str(uuid4()), **typed})


# The word -----------------------------------------------------------------------------------------------------------


def test_a_word_is_found_by_scanners_and_checks_itself():
    words = {token_words.new_word() for _ in range(200)}
    assert len(words) == 200
    assert all(WORD.fullmatch(word) and token_words.is_ours(word) for word in words)
    word = words.pop()
    wrong = [
        word[:-1] + ("0" if word[-1] != "0" else "1"),
        word[5:],
        word.upper(),
        word + "0",
        word[:-1],
        "imrf_" + "0" * 46,
        "\x00",
    ]
    assert [each for each in wrong if token_words.is_ours(each)] == []


def test_a_made_up_word_costs_no_statement(count_statements):
    assert count_statements(lambda: verbs.token_of("imrf_" + "a" * 46, at=NOW)) == 0


# Its page -----------------------------------------------------------------------------------------------------------


def test_a_focal_point_makes_a_token_and_sees_it_once(client, organisation, amina):
    answer = press(proved(client, amina), organisation)
    assert answer.headers["Cache-Control"] == "no-store, private"
    [word] = set(WORD.findall(answer.content.decode()))
    token = ApiToken.objects.get()
    assert (token.fingerprint, token.ending) == (token_words.fingerprint(word), word[-4:])
    assert (token.scopes, token.made_by) == (["read", "write"], amina)
    assert (token.expires_at - token.made_at).days == 90
    listed = client.get(page("tokens", organisation)).content.decode()
    assert "Our document system" in listed
    assert f"imrf_…{word[-4:]}" in listed
    assert WORD.findall(listed) == []
    assert "Never used" in listed


def test_pressed_twice_it_is_one_token_and_the_second_answer_holds_no_word(client, organisation, amina):
    key = str(uuid4())
    first, second = (press(proved(client, amina), organisation, form_key=key).content.decode() for _ in range(2))
    assert len(set(WORD.findall(first))) == 1
    assert (WORD.findall(second), "shown only once" in second) == ([], True)
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "typed", [{"name": " \u200b "}, {"days": "366"}, {"days": "0"}, {"scopes": ["everything"]}, {"form_key": "x"}]
)
def test_what_makes_no_sense_makes_no_token(client, organisation, amina, typed):
    assert "needs your attention" in press(proved(client, amina), organisation, **typed).content.decode()
    assert ApiToken.objects.count() == 0


def test_a_year_at_most_and_so_many_at_most(organisation, amina):
    for days in (0, 366):
        with pytest.raises(Refused, match="at most 365 days"):
            operations.make_token(organisation, name="x", scopes=[], days=days, form_key=uuid4(), by=amina, at=NOW)
    for _ in range(verbs.MOST_TOKENS):
        make_program(organisation, amina)
    with pytest.raises(Refused, match="20 tokens"):
        make_program(organisation, amina)


def test_who_has_not_just_said_who_they_are_is_asked(client, organisation, amina):
    proved(client, amina, at=now() - timedelta(hours=1))
    for answer in (client.get(page("new_token", organisation)), press(client, organisation)):
        assert "/accounts/reauthenticate/" in answer.headers["Location"]
    assert ApiToken.objects.count() == 0


def test_whoever_has_a_second_factor_proves_it_freshly(desk_client, organisation, amina):
    client = desk_client(amina)
    assert client.get(page("new_token", organisation)).status_code == 200
    session = client.session
    session["account_authentication_methods"][1]["at"] -= 16 * 60
    session["account_authentication_methods"][0]["at"] = now().timestamp()  # the password alone is not enough
    session.save()
    assert "/accounts/2fa/reauthenticate/" in press(client, organisation).headers["Location"]
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize(("role", "sees", "makes"), [("alternate", 200, 404), ("drafter", 404, 404), ("viewer", 404, 404)])
def test_only_focal_points_make_tokens_and_only_those_who_speak_see_them(client, organisation, role, sees, makes):
    person = make_user(role)
    join(organisation, person, role)
    proved(client, person)
    assert client.get(page("tokens", organisation)).status_code == sees
    assert client.get(page("new_token", organisation)).status_code == makes
    assert press(client, organisation).status_code == makes


def test_strangers_find_no_tokens(client, organisation, amina, bruno):
    token = make_program(organisation, amina).token
    proved(client, bruno)
    for answer in (
        client.get(page("tokens", organisation)),
        press(client, organisation),
        client.post(page("revoke_token", organisation, token.pk)),
    ):
        assert answer.status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_who_stands_in_for_somebody_makes_none(desk_client, organisation, amina):
    client = desk_client(make_user("chief", staff=True, is_superuser=True))
    client.post(
        reverse("admin:accreditation_user_stand_in", args=[amina.pk]),
        {"user_pk": amina.pk, "reason": "Cannot find the draft, ticket 12"},
    )
    assert client.get(page("tokens", organisation)).status_code == 200
    assert client.get(page("new_token", organisation)).status_code == 403
    assert press(client, organisation).status_code == 403
    assert ApiToken.objects.count() == 0


def test_an_alternate_revokes_a_token_that_leaked_and_it_is_refused_from_then_on(client, organisation, amina):
    program, helper = make_program(organisation, amina), make_user("helper")
    join(organisation, helper, "alternate")
    client.force_login(helper)  # without more questions: it may have leaked
    assert program.get(OWN).status_code == 200
    client.post(page("revoke_token", organisation, program.token.pk))
    assert program.get(OWN).status_code == 401
    assert "Revoked by" in client.get(page("tokens", organisation)).content.decode()


def test_the_list_keeps_its_number_of_statements(client, organisation, amina, count_statements):
    client.force_login(amina)

    def look():
        client.get(page("tokens", organisation))

    make_program(organisation, amina)
    look()
    one = count_statements(look)
    for _ in range(6):
        make_program(organisation, amina)
    assert count_statements(look) == one


# Letters ------------------------------------------------------------------------------------------------------------


def told(kind):
    return sorted(Letter.objects.filter(kind=f"accreditation/{kind}").values_list("to", flat=True))


def test_those_who_speak_are_told_when_it_is_made_first_used_and_expires_soon(organisation, amina):
    second, drafter = make_user("second"), make_user("drafter")
    join(organisation, second, "alternate")
    join(organisation, drafter, "drafter")
    both = ["amina@example.org", "second@example.org"]
    program = make_program(organisation, amina, at=NOW, days=30)
    assert (told("token_made"), told("token_used")) == (both, [])
    for minutes in (1, 2, 30):
        verbs.note_use(ApiToken.objects.get(), at=NOW + timedelta(minutes=minutes))
    assert told("token_used") == both
    assert ApiToken.objects.get().last_used_at == NOW + timedelta(minutes=30)
    for days, letters in ((15, []), (16, both), (17, both)):
        operations.remind_of_tokens(at=NOW + timedelta(days=days))
        assert told("token_expires") == letters, days
    text = Letter.objects.filter(kind="accreditation/token_expires").first().text
    assert "Our document system" in text
    assert program.word not in "".join(Letter.objects.values_list("text", flat=True))


def test_of_a_token_that_holds_no_longer_nobody_is_reminded(organisation, amina):
    program = make_program(organisation, amina, at=NOW, days=30)
    operations.revoke_token(program.token, by=amina, at=NOW)
    assert operations.remind_of_tokens(at=NOW + timedelta(days=20)) == 0
    tasks.remind_of_tokens()


# Nowhere else -------------------------------------------------------------------------------------------------------


def everything_stored() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [table for (table,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_the_word_is_in_no_row_and_in_no_line_of_the_log(client, organisation, amina, call, caplog):
    caplog.set_level(logging.DEBUG)
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    try:
        [word] = set(WORD.findall(press(proved(client, amina), organisation, scopes=["write", "send"]).content.decode()))
        program = make_program(organisation, amina)
        program.word = word
        pk, edition = program.complete(call)
        program.send(pk, edition)
        program.get(f"/api/v1/my/nowhere/?token={word[:20]}")
        program.word = word[:-1]
        assert program.get(OWN).status_code == 401
    finally:
        logging.getLogger().removeHandler(handler)
    random = word[5:-6]
    assert random not in lines.getvalue() + caplog.text
    stored = everything_stored()
    assert token_words.fingerprint(word) in stored  # the search finds what is there
    assert random not in stored


def test_the_audit_names_the_person_and_the_token(organisation, amina, call):
    program = make_program(organisation, amina)
    pk, _edition = program.complete(call)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.metadata FROM pghistory_context c JOIN submissions_submissionhistory h ON h.pgh_context_id = c.id"
            " WHERE h.pgh_obj_id = %s",
            [pk],
        )
        said = [row for (row,) in cursor.fetchall()]
    assert said
    assert all(str(program.token.pk) in str(each) and str(amina.pk) in str(each) for each in said)


def test_a_merged_record_lets_no_program_in(organisation, other_organisation, amina):
    program = make_program(organisation, amina)
    organisation.merged_into = other_organisation
    organisation.save()
    assert program.get(OWN).status_code == 401


def test_the_invariants_hold_with_tokens(organisation, amina):
    make_program(organisation, amina)
    call_command("check_invariants", stdout=io.StringIO())
