"""Kinds of letters about joint inputs. Nobody at the desk sees a real draft, so only samples are shown."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_person
from accreditation.models import Organisation
from forums.letter_kinds import ON
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.templatetags.moments import in_words
from submissions.joint_letters import about_row
from submissions.letter_kinds import RECEIPT, sample_draft, sample_receipt
from submissions.models import CoSponsor, CoSponsorStep, SubmissionStep
from submissions.sealed_words import title_of

ASKED = _("Everybody who speaks for the organisation that was asked or stands under it")
State = CoSponsor.State


def _sample(**fields):
    def sample():
        organisation = Organisation(name="Northern Bridge", slug="northern-bridge", name_language="en")
        row = CoSponsor(pk=7, submission=sample_draft(), organisation=organisation, name="Northern Bridge", invited_at=ON)
        for name, value in fields.items():
            setattr(row, name, value)
        return {**about_row(row), "person": sample_person()}

    return sample


def _sample_step(became):
    def sample():
        about = _sample(answer="agreed")()
        step = CoSponsorStep(co_sponsor=about["row"], was="invited", became=became, at=ON, note="Our board met on Monday.")
        return {**about, "step": step}

    return sample


def _sample_of_input(was, became):
    def sample():
        about = _sample(answer="agreed")()
        submission, version = sample_receipt(about["submission"])
        step = SubmissionStep(submission=submission, was=was, became=became, at=ON)
        return {**about, "step": step, "version": version}

    return sample


def _answer(about):
    """The sentence of the shipped letter."""
    sentences = {
        State.AGREED: gettext("%(organisation)s agreed to the text as it stood then."),
        State.LEFT: gettext("%(organisation)s left the input. Its name is not shown."),
    }
    sentence = sentences.get(about["step"].became, gettext("%(organisation)s does not stand under the input."))
    return sentence % {"organisation": about["row"].organisation.name}


def _news(about):
    step = about["step"]
    if step.became == "submitted":
        return gettext("The withdrawn input was brought back as it was last sent.")
    if step.was == "published" and step.became == "accepted":
        return gettext("The input is no longer public.")
    return step.submission.Status(step.became).label


def _closes(about):
    call = about["call"]
    return in_words(call.closes_at, call.forum.zone) if call.closes_at else gettext("not yet known")


def _title(about):
    return title_of(about["text"]) or title_of(about["submission"]) or gettext("Untitled draft")


JOINT = (
    PERSON,
    Placeholder("title", _("title of the input"), _title, of_author=True),
    Placeholder("lead", _("organisation that leads it"), lambda about: about["submission"].organisation.name),
    Placeholder("organisation", _("name of the organisation"), lambda about: about["row"].organisation.name),
    Placeholder("call", _("name of the call"), lambda about: about["call"].name),
    Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
)
CLOSES = Placeholder("closes", _("when the call closes"), _closes)
RULE = Placeholder(
    "rule", _("what becomes of those that have not answered"), lambda about: about["call"].get_joint_rule_display()
)
OWN_PAGE = Placeholder(
    "address",
    _("page on which it is read and answered"),
    lambda a: page(a, "submissions:co_sponsor", a["row"].pk),
)
LEADS_PAGE = Placeholder(
    "address", _("page of the joint input"), lambda about: page(about, "submissions:joint", about["submission"].pk)
)
NOTE = Placeholder("note", _("what it wrote with its answer"), lambda about: about["step"].note)
REFERENCE = Placeholder("reference", _("number of the input"), lambda about: about["submission"].reference)

register(
    Kind(
        "submissions/joint_invited", _("A body is asked to co-sponsor"), ASKED, (*JOINT, CLOSES, RULE, OWN_PAGE), _sample()
    ),
    Kind(
        "submissions/joint_reminder",
        _("The answer of a co-sponsor is missing"),
        ASKED,
        (*JOINT, CLOSES, RULE, OWN_PAGE),
        _sample(),
        topic="reminders",
    ),
    Kind(
        "submissions/joint_changed",
        _("A text that was agreed to changed"),
        ASKED,
        (*JOINT, CLOSES, RULE, OWN_PAGE),
        _sample(answer="agreed"),
    ),
    Kind(
        "submissions/joint_answered",
        _("A co-sponsor answered or left"),
        _("Everybody who speaks for the organisation that leads it, and the desk where a body left"),
        (*JOINT, Placeholder("answer", _("a sentence: what it answered"), _answer), NOTE, LEADS_PAGE),
        _sample_step(State.AGREED),
    ),
    Kind(
        "submissions/joint_dropped",
        _("A body does not stand under a joint input"),
        ASKED,
        JOINT,
        _sample(ended="dropped"),
    ),
    Kind(
        "submissions/joint_sent",
        _("A joint input was sent: copy of the receipt"),
        ASKED,
        (*JOINT, REFERENCE, *RECEIPT, OWN_PAGE),
        _sample_of_input("draft", "submitted"),
    ),
    Kind(
        "submissions/joint_moved",
        _("News of a joint input"),
        ASKED,
        (*JOINT, REFERENCE, Placeholder("news", _("what happened, in a word"), _news), OWN_PAGE),
        _sample_of_input("accepted", "published"),
    ),
)
