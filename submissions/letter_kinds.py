"""The second floor's kinds of letters about inputs; those about drafts and closings stand beside them."""

from datetime import UTC, datetime

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_organisation, sample_person
from forums.letter_kinds import ON, sample_forum
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.models import Call
from forums.templatetags.moments import day_in_words, in_words
from submissions.models import Act, Clarification, Ground, Recording, Submission, SubmissionStep, Version
from submissions.notifications import about_step, news_of, recipients, template_of
from submissions.sealed_words import title_of

Status = Submission.Status
SENDERS = _("Everybody who speaks for the organisation, and who sent the input")


# Samples and real records --------------------------------------------------------------------------------------------


def sample_call():
    return Call(
        forum=sample_forum(),
        slug="stakeholder-inputs",
        name="Stakeholder inputs",
        opens_at=datetime(2026, 1, 5, 14, tzinfo=UTC),
        closes_at=datetime(2026, 1, 30, 22, tzinfo=UTC),
    )


def sample_draft():
    return Submission(
        call=sample_call(),
        organisation=sample_organisation(),
        title="Consular help for seasonal workers",
        language="en",
        begun_at=ON,
        saved_at=ON,
    )


def sample_receipt(submission):
    """An input that was sent, and the version that its receipt is about."""
    submission.reference, submission.status = "IMRF-2026-I-00042", Status.SUBMITTED
    return submission, sample_version(submission, sample_content(submission), Act.REVISION)


def sample_version(submission, content, act):
    return Version(
        submission=submission,
        number=2,
        act=act,
        act_number=1,
        content=content,
        sha256="ab" * 32,
        sent_at=ON,
        place=137,
        link="ef" * 32,
    )


def sample_content(submission):
    return {
        "reference": submission.reference,
        "sent_at": f"{ON:%Y-%m-%dT%H:%M:%SZ}",
        "title": submission.title,
        "language": "en",
        "organisation": submission.organisation.name,
        "files": [{"name": "Annex.pdf", "size": 20_480, "sha256": "cd" * 32}],
    }


def _sample(was, became):
    def sample():
        submission = sample_draft()
        submission.reference, submission.status = "IMRF-2026-I-00042", became
        version = sample_version(submission, sample_content(submission), Act.REVISION)
        step = SubmissionStep(submission=submission, was=was, became=became, at=ON, note="Which year do the figures name?")
        if became == Status.NOT_ADMISSIBLE:
            step.ground = Ground.OUTSIDE_SCOPE
        about = {**about_step(step, version), "person": sample_person()}
        if became == Status.CLARIFICATION_ASKED:
            about |= {"question": Clarification(step=step, answer_by=ON, opens=["text"]), "opened": [gettext("Text")]}
        return about

    return sample


def _newest(code, became):
    def newest(user, at):
        steps = SubmissionStep.objects.filter(submission__in=Submission.objects.visible_to(user), became=became)
        found = steps.select_related("submission__call__forum", "submission__organisation").order_by("-at")
        step = next((one for one in found[:50] if template_of(one) == code), None)
        if step is None:
            return None
        people = recipients(step)
        return {**about_step(step), "person": people[0] if people else user}

    return newest


# Placeholders --------------------------------------------------------------------------------------------------------


def _own_page(about):
    return page(about, "submissions:my_input", about["submission"].pk)


def _edit_page(about):
    return page(about, "submissions:edit", about["submission"].pk)


def _check(about):
    address = page(about, "submissions:receipt_check", about["submission"].reference)
    return f"{address}?sha256={about['version'].sha256}"


INPUT = (
    PERSON,
    Placeholder("reference", _("number of the input"), lambda about: about["submission"].reference),
    Placeholder("title", _("title of the input"), lambda about: title_of(about["submission"]), of_author=True),
    Placeholder("organisation", _("name of the organisation"), lambda about: about["submission"].organisation.name),
    Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
    Placeholder("address", _("page of the input for its own people"), _own_page),
)


def _files(about):
    """A line for each file, as on the receipt."""
    lines = [
        f"- {file['name']}, {filesizeformat(file['size'])}, SHA-256 {file['sha256']}"
        for file in about["version"].content["files"]
    ]
    return "\n".join(lines) or gettext("None")


RECEIPT = (
    Placeholder("number", _("number of this version"), lambda about: about["version"].symbol),
    Placeholder("received", _("when it was received"), lambda a: in_words(a["version"].sent_at, a["forum"].zone, True)),
    Placeholder("utc", _("the same in UTC, as it was fingerprinted"), lambda about: about["version"].content["sent_at"]),
    Placeholder("files", _("lines: each file with its SHA-256"), _files),
    Placeholder("sha256", _("SHA-256 of the content"), lambda about: about["version"].sha256),
    Placeholder("place", _("place in the chain of its forum"), lambda about: str(about["version"].place)),
    Placeholder("link", _("link of the chain"), lambda about: about["version"].link),
    Placeholder("check", _("page that checks the receipt"), _check),
)
NOTE = (Placeholder("note", _("the question or the reason, as the desk wrote it"), lambda about: about["step"].note),)
GROUND = (
    Placeholder("ground", _("why it is not admissible, as the list has it"), lambda a: a["step"].get_ground_display()),
)
PUBLIC = (
    Placeholder(
        "public_page", _("public page of the input"), lambda a: page(a, "submissions:input", a["submission"].reference)
    ),
)
ANSWER = (Placeholder("edit", _("page on which it is changed"), _edit_page),)


def _answer_by(about):
    question = about.get("question")
    return in_words(question.answer_by, about["forum"].zone) if question and question.answer_by else ""


OPENED = (
    Placeholder("answer_by", _("until when the answer is asked for"), _answer_by),
    Placeholder("opened", _("the parts of the input that may be changed"), lambda about: "; ".join(about.get("opened", ()))),
)
WHEN = (Placeholder("when", _("when it was withdrawn"), lambda about: in_words(about["step"].at, about["forum"].zone)),)
BACK = (Placeholder("when", _("when it was reinstated"), lambda about: in_words(about["step"].at, about["forum"].zone)),)

STEPS = {  # code: name, from status, to status, what it knows beside the input
    "received": (_("An input was received: the receipt"), Status.DRAFT, Status.SUBMITTED, RECEIPT),
    "clarification_asked": (
        _("The Network has a question"),
        Status.UNDER_REVIEW,
        Status.CLARIFICATION_ASKED,
        (*NOTE, *ANSWER, *OPENED),
    ),
    "accepted": (_("An input was accepted"), Status.UNDER_REVIEW, Status.ACCEPTED, ()),
    "published": (_("An input is public"), Status.ACCEPTED, Status.PUBLISHED, PUBLIC),
    "not_admissible": (_("An input was not admitted"), Status.UNDER_REVIEW, Status.NOT_ADMISSIBLE, (*GROUND, *NOTE)),
    "withdrawn": (_("An input was withdrawn"), Status.SUBMITTED, Status.WITHDRAWN, WHEN),
    "reinstated": (_("A withdrawn input was reinstated"), Status.WITHDRAWN, Status.SUBMITTED, (*BACK, *NOTE)),
    "reopened": (_("A review was opened again"), Status.ACCEPTED, Status.UNDER_REVIEW, NOTE),
    "taken_down": (_("An input is no longer public"), Status.PUBLISHED, Status.ACCEPTED, NOTE),
}


def _kind(name, was, became, more):
    code = template_of(SubmissionStep(was=was, became=became))
    return Kind(code, name, SENDERS, (*INPUT, *more), _sample(was, became), _newest(code, became))


register(*(_kind(*each) for each in STEPS.values()))


# Inputs that the desk recorded ---------------------------------------------------------------------------------------


def _sample_recorded(was, became):
    def sample():
        about = _sample(was, became)()
        recording = Recording(how="letter", came_at=ON, code="c" * 32)
        return {**about, "recording": recording, **news_of(about["step"], "en")}

    return sample


def _sample_answer():
    return _sample(Status.CLARIFICATION_ASKED, Status.SUBMITTED)()


def _newest_question(user, at):
    about = _newest("submissions/clarification_asked", Status.CLARIFICATION_ASKED)(user, at)
    return about if about and about["question"] and about["question"].answer_by else None


def _sample_archive():
    until = day_in_words(ON.date())
    return {"person": sample_person(), "organisation": sample_organisation(), "last_day": until}


register(
    Kind(
        "submissions/answer_awaited",
        _("The answer to a question is still awaited"),
        SENDERS,
        (*INPUT, *NOTE, *OPENED),
        _sample(Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED),
        _newest_question,
    ),
    Kind("submissions/answer_received", _("An answer to a question was received"), SENDERS, (*INPUT, *NOTE), _sample_answer),
    *(
        Kind(
            code,
            name,
            _("The person who asked for it"),
            (
                PERSON,
                Placeholder("organisation", _("name of the organisation"), lambda about: about["organisation"].name),
                Placeholder("address", _("page on which it is fetched"), lambda a: page(a, "submissions:my_archives")),
                Placeholder("last_day", _("last day on which it is there"), lambda about: about["last_day"]),
            ),
            _sample_archive,
        )
        for code, name in (
            ("submissions/archive_ready", _("The archive of inputs is ready")),
            ("submissions/archive_failed", _("The archive of inputs could not be made")),
        )
    ),
)
AUTHOR = _("The address that was typed when the input was recorded")
RECORDED = (
    *INPUT[1:5],
    Placeholder("how", _("how it reached the Network"), lambda about: about["recording"].get_how_display()),
    Placeholder("came", _("when it reached the Network"), lambda a: in_words(a["recording"].came_at, a["forum"].zone)),
    Placeholder(
        "status_page",
        _("page that shows where it stands, without an account"),
        lambda about: page(about, "submissions:public_status", about["recording"].code),
    ),
)
register(
    Kind(
        "submissions/recorded",
        _("An input was recorded by the desk: the receipt"),
        AUTHOR,
        (*RECORDED, *RECEIPT),
        _sample_recorded(Status.DRAFT, Status.SUBMITTED),
    ),
    Kind(
        "submissions/recorded_news",
        _("An input recorded by the desk stands elsewhere"),
        AUTHOR,
        (
            *RECORDED,
            Placeholder("status", _("where it stands now"), lambda about: about["word"]),
            Placeholder("ground", _("why it is not admissible, as the list has it"), lambda about: about["ground"]),
            Placeholder("note", _("the reason, where it is meant for the author"), lambda about: about["note"]),
        ),
        _sample_recorded(Status.UNDER_REVIEW, Status.NOT_ADMISSIBLE),
    ),
)
