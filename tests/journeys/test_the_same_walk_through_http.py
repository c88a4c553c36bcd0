"""The same walk without a browser: every form as the server gives it, posted back with its token, CSRF checks on."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from submissions.models import Submission
from tests.browser import prove_second_factor
from tests.factories import PASSWORD
from tests.journeys.acts import code_in_mail, post_arrives

pytestmark = pytest.mark.django_db
TITLE = "A desk that answers in Swahili and Arabic"


class Forms(HTMLParser):
    """The forms of a page with what a browser would post when nothing is changed."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.area, self.choice = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        if tag == "form":
            self.forms.append({"action": about.get("action", ""), "fields": {}, "buttons": []})
        elif self.forms and tag == "input":
            self._input(about)
        elif self.forms and tag == "textarea":
            self.area = about.get("name")
        elif self.forms and tag == "select":
            self.choice = about.get("name")
        elif self.choice and tag == "option" and ("selected" in about or self.choice not in self.fields):
            self.fields[self.choice] = [about.get("value", "")]
        elif self.forms and tag == "button" and about.get("name"):
            self.forms[-1]["buttons"].append((about["name"], about.get("value", "")))

    @property
    def fields(self):
        return self.forms[-1]["fields"]

    def _input(self, about):
        kind, name = about.get("type", "text"), about.get("name")
        ticked = kind in ("checkbox", "radio")
        if name and kind not in ("file", "submit") and (not ticked or "checked" in about):
            self.fields.setdefault(name, []).append(about.get("value", "on" if ticked else ""))

    def handle_data(self, data):
        if self.area:
            self.fields.setdefault(self.area, [""])[0] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.fields.setdefault(self.area, [""])
            self.area = None
        if tag == "select":
            self.choice = None


class Person:
    """Somebody at a browser without scripts: opens pages, fills in forms, presses buttons, follows redirects."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.page = self.address = None

    def open(self, address):
        self._take(self.client.get(address, follow=True))
        return self.page

    def send(self, having, **changes):
        """Post the form that has this field, with these changes; returns what comes after the redirects."""
        form = next(form for form in Forms(self.page).forms if having in form["fields"] or having in dict(form["buttons"]))
        fields = {**form["fields"], **changes}
        self._take(self.client.post(form["action"] or self.address, fields, follow=True))
        return self.page

    def _take(self, answer):
        if answer.redirect_chain:
            self.address = answer.redirect_chain[-1][0]
        else:
            self.address = answer.request["PATH_INFO"]
        self.status, self.page = answer.status_code, answer.content.decode()


def public_sees(reference) -> dict:
    """Where the public finds the input today."""
    places = {
        "list": "/en/inputs/",
        "search": "/fr/inputs/?q=swahili",
        "filter": "/en/inputs/?country=KEN&objective=14",
        "API": "/api/v1/inputs/",
        "feed": "/feeds/inputs.atom",
    }
    found = {name: f"/inputs/{reference}/" in Client().get(place).content.decode() for name, place in places.items()}
    return {**found, "page": Client().get(f"/ar/inputs/{reference}/").status_code == 200}


def test_the_walk_from_an_account_to_a_published_input_through_http(open_call, ravi, elena):
    amina = Person()
    amina.open("/accounts/signup/?lang=en")
    amina.send("password1", name="Amina Otieno", email="amina@example.org", password1=PASSWORD)
    amina.send("code", code=code_in_mail("amina@example.org"))
    assert amina.address == "/en/my/"

    amina.open(reverse("accreditation:new_organisation"))
    amina.send("form_key", name="Harbour Light", kind="civil_society", country="KEN", basis="ecosoc")
    assert "The organisation was created. You are its focal point." in amina.page

    amina.open(reverse("submissions:start", args=["demo", open_call.slug]))
    amina.send("form_key")
    submission = Submission.objects.get(call=open_call)
    amina.send("edition", title=TITLE, text="", then="check")
    assert "Choose the level." in amina.page
    assert "Write the text, or add a file that holds it." in amina.page

    amina.open(reverse("submissions:edit", args=[submission.pk]))
    about = {"level": "national", "countries": ["KEN"], "objectives": ["14", "15"], "text": "Calls are answered all night."}
    note = SimpleUploadedFile("hours.txt", b"From six to six.")
    amina.send("edition", **about, files=note, then="check")
    assert "Not yet complete" not in amina.page
    amina.send("edition", agreed="on")
    submission.refresh_from_db()
    version = submission.versions.get()
    assert submission.reference == "IMRF-DEMO-I-00001"
    for words in ("Your input was received", submission.reference, version.sha256, "hours.txt", "New York"):
        assert words in amina.page
    check = Client().get(f"/en/receipts/{submission.reference}/?sha256={version.sha256}").content.decode()
    assert ("Genuine" in check, TITLE in check) == (True, False)
    assert version.sha256 in post_arrives()[-1].body
    assert set(public_sees(submission.reference).values()) == {False}

    reviewer = at_the_desk(ravi)
    assert submission.reference in reviewer.open(reverse("admin:submissions_submission_changelist"))
    review = reverse("admin:submissions_submission_change", args=[submission.pk])
    assert "Calls are answered all night." in reviewer.open(review)
    reviewer.send("seen-version", decision="take_up")
    asked = {**words_for(reviewer, "question", "Since when?"), "ask-opens": ["text"]}
    decide(reviewer, "ask", **asked)
    assert "Since when?" in post_arrives()[-1].body

    assert "Since when?" in amina.open(reverse("submissions:edit", args=[submission.pk]))
    amina.send("edition", text="Calls are answered all night since 2024.", then="check")
    amina.send("edition", agreed="on")
    assert f"{submission.reference}/Rev.1" in amina.page

    reviewer.open(review)
    reviewer.send("seen-version", decision="take_up")
    decide(reviewer, "accept")
    submission.refresh_from_db()
    assert submission.status == "under_review"  # nothing is ticked
    questions = re.findall(r'name="checklist" value="(\w+)"', reviewer.page)
    decide(reviewer, "accept", checklist=questions)
    assert "The input is accepted." in reviewer.page
    assert set(public_sees(submission.reference).values()) == {False}

    editor = at_the_desk(elena)
    editor.open(review)
    decide(editor, "publish")
    assert set(public_sees(submission.reference).values()) == {False}  # nobody looked at the file
    submission.attachments.update(verdict="clean", reading="read", scanned_at=now())
    editor.open(review)
    decide(editor, "publish")
    assert "The input is public now." in editor.page
    assert set(public_sees(submission.reference).values()) == {True}
    [shown] = json.loads(Client().get("/api/v1/inputs/?q=swahili").content)["results"]
    assert (shown["reference"], "amina@example.org" in json.dumps(shown)) == (submission.reference, False)
    assert TITLE in post_arrives()[-1].body

    editor.open(review)
    decide(editor, "take_down", **words_for(editor, "reason", "A figure is checked."))
    assert set(public_sees(submission.reference).values()) == {False}
    tombstone = Client().get(f"/en/inputs/{submission.reference}/")
    assert (tombstone.status_code, "A figure is checked." in tombstone.content.decode()) == (410, True)
    assert TITLE not in tombstone.content.decode()


def at_the_desk(user):
    person = Person()
    person.client.force_login(user)
    prove_second_factor(person.client, user)
    return person


def decide(person, decision, **typed):
    """Press a decision, and on the page that shows its letters let them go as they are."""
    person.send("seen-version", decision=decision, **typed)
    if 'name="letters"' in person.page:
        person.send("letters-reason", letters="send")


def words_for(person, name, words) -> dict:
    """The field of that name, whatever stands before it on this page."""
    return {next(re.finditer(rf'name="([\w-]*{name})"', person.page))[1]: words}
