"""Every kind of page, found in the demonstration: where it is and who looks at it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from accreditation.models import Membership, User
from forums.models import Call
from submissions.models import PublishedInput, Submission
from submissions.operations.submitting import missing

LANGUAGES = ("en", "ar")
DEMO = "demo"


@dataclass(frozen=True)
class Page:
    """`find` gives address and person, asked when the demonstration is there and its language is active."""

    name: str
    find: Callable
    status: int = 200

    def __str__(self):
        return self.name

    def at(self, language):
        """Its address in that language, and who opens it (None: somebody who is not signed in)."""
        with override(language):
            found = self.find()
        return found if isinstance(found, tuple) else (found, None)


def public(name, view, *args, status=200, **query):
    """A page that anybody may see; arguments that are functions are asked when the demonstration is there."""

    def find():
        address = reverse(view, args=[arg() if callable(arg) else arg for arg in args])
        asked = {key: value() if callable(value) else value for key, value in query.items()}
        return f"{address}?{urlencode(asked)}" if asked else address

    return Page(name, find, status)


def outside(name, view):
    """A page for who is not signed in, which is not public: it carries a form of its own."""
    return Page(name, lambda: reverse(view))


def own(name, view, choose):
    """A page of an input, opened by whoever began it."""

    def find():
        submission = choose()
        return reverse(view, args=[submission.pk]), submission.begun_by

    return Page(name, find)


def mine(name, view, *args, **query):
    """A page of a focal point's own side."""

    def find():
        membership = speaker()
        values = [arg(membership) if callable(arg) else arg for arg in args]
        address = reverse(view, args=values)
        return (f"{address}?{urlencode(query)}" if query else address), membership.user

    return Page(name, find)


def desk(name, view, choose=None):
    """A page of the desk, opened by an editor."""

    def find():
        return reverse(f"admin:{view}", args=[choose().pk] if choose else []), editor()

    return Page(name, find)


# Who and what in the demonstration ---------------------------------------------------------------------------------


def editor():
    return User.objects.filter(groups__name="Editor").order_by("pk").first()


def speaker():
    """The focal point of an organisation where somebody waits to be admitted."""
    waiting = Membership.objects.asked().values("organisation")
    return Membership.objects.standing().filter(role="focal_point", organisation__in=waiting).order_by("pk").first()


def in_status(status):
    return lambda: Submission.objects.filter(call__forum__slug=DEMO, status=status).order_by("reference", "begun_at").first()


def draft(*, complete):
    """A draft of an open call that could be sent, or lacks something."""

    def choose():
        drafts = Submission.objects.filter(call__forum__slug=DEMO, status="draft").order_by("begun_at")
        return next(one for one in drafts if bool(missing(one)) is not complete)

    return choose


def published(**wanted):
    shown = PublishedInput.objects.filter(forum__slug=DEMO, taken_down_at=None, **wanted)
    return lambda: shown.order_by("-files", "reference").first().reference


def tombstone():
    return PublishedInput.objects.exclude(taken_down_at=None).order_by("reference").first().reference


def newest():
    return PublishedInput.objects.filter(forum__slug=DEMO, taken_down_at=None).order_by("reference").first()


def open_call():
    return Call.objects.filter(forum__slug=DEMO, purpose="input", recorded_by_desk_only=False).order_by("-closes_at").first()


PUBLIC = [
    public("home", "home"),
    public("about", "about"),
    public("privacy", "privacy"),
    public("accessibility", "accessibility"),
    public("forums", "forums:forums"),
    public("forum of the demonstration", "forums:forum", DEMO),
    public("forum of 2022", "forums:forum", "2022"),
    public("forum of 2026", "forums:forum", "2026"),
    public("calendar", "forums:calendar"),
    public("inputs", "submissions:inputs"),
    public("inputs, found and narrowed", "submissions:inputs", q="migrants", level="national", sort="title"),
    public("inputs, nothing found", "submissions:inputs", q="zyzzyva", language="ru"),
    public("inputs, unknown filter", "submissions:inputs", level="galactic", objective="99", status=400),
    public("inputs of a forum", "submissions:forum_inputs", DEMO, page=2),
    public("input in English", "submissions:input", published(language="en")),
    public("input in Arabic", "submissions:input", published(language="ar")),
    public("input recorded by the desk", "submissions:input", lambda: recorded_reference()),
    public("input that was taken down", "submissions:input", tombstone, status=410),
    public("organisation", "submissions:organisation", lambda: newest().organisation_slug),
    public("objective", "submissions:objective", 7),
    public("round table", "submissions:round_table", DEMO, 1),
    public("receipt, asked", "submissions:receipt_check", lambda: newest().reference),
    public(
        "receipt, genuine", "submissions:receipt_check", lambda: newest().reference, sha256=lambda: newest().version.sha256
    ),
    public("receipt, not genuine", "submissions:receipt_check", lambda: newest().reference, sha256="0" * 64),
    public("API documentation", "api-docs"),
    public("no such page", "submissions:input", "IMRF-1815-I-00001", status=404),
]


def recorded_reference():
    return PublishedInput.objects.filter(recorded_by_desk=True).order_by("reference").first().reference


OUTSIDE = [
    outside("sign in", "account_login"),
    outside("sign up", "account_signup"),
    outside("forgotten password", "account_reset_password"),
]

OWN = [
    mine("my page", "my"),
    mine("my inputs", "submissions:my_inputs"),
    mine("new organisation", "accreditation:new_organisation"),
    mine("join an organisation", "accreditation:join", q="network"),
    mine("my organisation", "accreditation:my_organisation", lambda membership: membership.organisation.slug),
    mine("begin an input", "submissions:start", DEMO, lambda _: open_call().slug),
    mine("e-mail addresses", "account_email"),
    mine("new password", "account_change_password"),
    mine("second factors", "mfa_index"),
    own("edit a draft", "submissions:edit", draft(complete=False)),
    own("edit after a question", "submissions:edit", in_status("clarification_asked")),
    own("check, incomplete", "submissions:check", draft(complete=False)),
    own("check, complete", "submissions:check", draft(complete=True)),
    own("receipt", "submissions:receipt", in_status("submitted")),
    own("my input, a draft", "submissions:my_input", draft(complete=False)),
    own("my input, published", "submissions:my_input", in_status("published")),
    own("my input, not admissible", "submissions:my_input", in_status("not_admissible")),
    own("withdraw", "submissions:withdraw", in_status("submitted")),
    own("discard", "submissions:discard", draft(complete=False)),
]

DESK = [
    desk("work list", "index"),
    desk("queue", "submissions_submission_changelist"),
    desk("review, to take up", "submissions_submission_change", in_status("submitted")),
    desk("review, under way", "submissions_submission_change", in_status("under_review")),
    desk("published inputs", "submissions_publishedinput_changelist"),
]

EVERY = [*PUBLIC, *OUTSIDE, *OWN, *DESK]
