"""Every kind of page, found in the demonstration: where it is and who looks at it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import override

from accreditation.models import Accreditation, Membership, NonObjectionList, User
from forums.letters.topics import token_of
from forums.models import Call, Forum, Letter, Milestone, Release, SecondPersonRequest, Session
from submissions.following.keys import key_of
from submissions.models import (
    AssignmentRule,
    Attachment,
    BackgroundNote,
    CallLetter,
    Compilation,
    CoSponsor,
    DecisionRound,
    FormTemplate,
    FormVersion,
    InputsFollowing,
    InputTranslation,
    Proposal,
    PublicityRequest,
    PublishedInput,
    Recording,
    RecordingBatch,
    SavedView,
    Submission,
)
from submissions.operations.submitting import missing
from submissions.permissions import may_submit

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


def public(name, view, /, *args, status=200, **query):
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


def desk(name, view, choose=None, query=None):
    """A page of the desk, opened by an editor."""

    def find():
        address = reverse(f"admin:{view}", args=[choose().pk] if choose else [])
        return f"{address}?{urlencode(query(), doseq=True)}" if query else address, editor()

    return Page(name, find)


# Who and what in the demonstration ---------------------------------------------------------------------------------


def led(status):
    """A joint input of the demonstration in that status."""
    joint = Submission.objects.filter(call__forum__slug=DEMO, status=status, co_sponsors__on_behalf=False).order_by("pk")
    return lambda: joint.first()


def co_sponsors(**chosen):
    """A row of the demonstration, and who speaks for its body."""
    row = CoSponsor.objects.bodies().filter(submission__call__forum__slug=DEMO, **chosen).order_by("pk").first()
    return row, row.organisation.memberships.standing().filter(role="focal_point").order_by("pk").first().user


def asked_jointly(name, **chosen):
    """The page of a co-sponsor, opened by who answers for it."""

    def find():
        row, person = co_sponsors(**chosen)
        return reverse("submissions:co_sponsor", args=[row.pk]), person

    return Page(name, find)


def written_together():
    """The draft of two writers, with its notes, changes and files."""
    return Submission.objects.filter(draft_notes__isnull=False).order_by("pk").first()


def proposed(act, status):
    """A correction or an addition of the demonstration in that status."""
    return lambda: Proposal.objects.filter(act=act, status=status).order_by("pk").first()


def beside(act, status):
    """The input beside which it stands."""
    return lambda: proposed(act, status)().submission


def change_looked_at():
    """One change of the draft of two writers, opened."""
    draft = written_together()
    change = draft.changes.filter(part="text").order_by("pk").last()
    return f"{reverse('submissions:writing_together', args=[draft.pk])}?change={change.pk}", draft.begun_by


def side_by_side():
    sent = beside("correction", "proposed")()
    return f"{reverse('submissions:my_differences', args=[sent.pk])}?view=side", sent.begun_by


def held_file():
    return Attachment.objects.filter(is_held=True, submission__versions__isnull=False).order_by("pk").first()


def waiting_inputs():
    return list(Submission.objects.visible_to(editor()).filter(status="submitted").values_list("pk", flat=True)[:8])


def recording(state):
    return lambda: Recording.objects.alone().filter(state=state).first()


def editor():
    return User.objects.filter(groups__name="Editor").order_by("pk").first()


def manager():
    return Forum.objects.get(slug=DEMO).managers.first()


def overdue_duty():
    unmet = Milestone.objects.filter(forum__slug=DEMO, met_on=None)
    return next(one for one in unmet if one.due_on < now().date())


def board(name, address):
    """The board of forums or a page behind it, opened by who manages the forum."""
    return Page(name, lambda: (f"{reverse('admin:forums_forum_board')}{address(overdue_duty().pk)}", manager()))


def letters(name, view, args=list, **query):
    """A page about letters or their wordings, opened by who manages the forum."""

    def find():
        address = reverse(f"admin:forums_{view}", args=args())
        return (f"{address}?{urlencode(query)}" if query else address), manager()

    return Page(name, find)


def a_letter():
    return Letter.objects.filter(private=False).order_by("-written_at", "pk").first()


def speaker():
    """The focal point of an organisation where somebody waits to be admitted."""
    waiting = Membership.objects.asked().values("organisation")
    return Membership.objects.standing().filter(role="focal_point", organisation__in=waiting).order_by("pk").first()


def applied(name, view, status, **query):
    """A page of an application of the demonstration in that status, opened by who speaks for the organisation."""

    def find():
        found = Accreditation.objects.filter(forum__slug=DEMO, status=status).order_by("begun_at", "pk").first()
        people = found.organisation.memberships.standing().filter(role="focal_point").order_by("pk")
        address = reverse(f"accreditation:{view}", args=[found.organisation.slug, DEMO])
        return (f"{address}?{urlencode(query)}" if query else address), people.first().user

    return Page(name, find)


def of(name, view, slug, *args, forum=True, organisation=True, **query):
    """A page of that organisation of the demonstration, opened by a focal point; arguments are asked of its standing."""

    def find():
        standing = Accreditation.objects.get(forum__slug=DEMO, organisation__slug=slug)
        person = standing.organisation.memberships.standing().filter(role="focal_point").order_by("pk").first().user
        place = [slug] * organisation + [DEMO] * forum
        address = reverse(f"accreditation:{view}", args=[*place, *(arg(standing) for arg in args)])
        return (f"{address}?{urlencode(query)}" if query else address), person

    return Page(name, find)


PERSONS = "harbour-light"


def request_of(standing):
    return standing.organisation.support_requests.get(forum__slug=DEMO)


def a_list():
    return NonObjectionList.objects.filter(forum__slug=DEMO, status="circulated").first().key


def clerk_at(name, view, choose=None):
    """A page of the desk, opened by who accredits."""
    return Page(name, lambda: (reverse(f"admin:accreditation_{view}", args=[choose()] if choose else []), clerk()))


def administrator():
    return User.objects.filter(groups__name="Administrator").order_by("pk").first()


def formed(name, view, choose=None):
    """A page about forms of calls, opened by an administrator."""
    return Page(name, lambda: (reverse(f"admin:submissions_{view}", args=[choose()] if choose else []), administrator()))


def version(code):
    """The newest version of a shipped form."""
    return FormVersion.objects.filter(template__code=code).order_by("-number").first()


def of_form(code):
    """A draft that answers this form."""
    return Submission.objects.filter(status="draft", form_version__template__code=code).order_by("-begun_at").first()


def with_a_view(person):
    """The same person, with a view of the queue that they share."""
    known = {"query": "q=status%3Asent", "shared": True, "saved_at": now()}
    SavedView.objects.get_or_create(owner=person, name="Sent, not taken up", defaults=known)
    return person


def clerk():
    return User.objects.filter(groups__name="Accreditation").order_by("pk").first()


def claimed(name, status):
    """The desk's page of an application in that status."""

    def find():
        found = Accreditation.objects.filter(forum__slug=DEMO, status=status).visible_to(clerk())
        return reverse("admin:accreditation_accreditation_change", args=[found.order_by("-basis", "pk").first().pk]), clerk()

    return Page(name, find)


def in_status(status):
    return lambda: Submission.objects.filter(call__forum__slug=DEMO, status=status).order_by("reference", "begun_at").first()


def draft(*, complete):
    """A draft of an open call that could be sent, or lacks something."""

    def choose():
        drafts = Submission.objects.filter(call__forum__slug=DEMO, status="draft").order_by("begun_at")
        by_speakers = (one for one in drafts if may_submit(one.begun_by, one))
        return next(one for one in by_speakers if bool(missing(one)) is not complete)

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
    public("terms", "terms"),
    public("what is published", "moderation"),
    public("what is demonstration", "demonstration"),
    public("what changed", "changes"),
    public("figures over all forums", "submissions:figures"),
    public("figures of a forum", "submissions:forum_figures", DEMO),
    public("figures of a forum without inputs", "submissions:forum_figures", "2030"),
    public("coverage by region", "submissions:coverage"),
    public("coverage by kind", "submissions:forum_coverage", DEMO, across="kind"),
    public("coverage, unknown table", "submissions:forum_coverage", DEMO, across="colour", status=400),
    public("objectives", "submissions:objectives"),
    public("countries and regions", "submissions:countries"),
    public("country", "submissions:country", lambda: newest().countries[0] if newest().countries else "KEN"),
    public("region", "submissions:region", "ECA"),
    public("organisations", "submissions:organisations"),
    public("organisations, narrowed", "submissions:organisations", q="a", kind="civil_society"),
    public("organisations, unknown filter", "submissions:organisations", kind="party", status=400),
    public("national reviews, narrowed", "submissions:national_reviews", origin="input"),
    public("open data", "submissions:open_data"),
    public("small list for other sites", "submissions:embed", forum=DEMO),
    public("paper that is being made", "submissions:docx", published(language="fr"), status=202),
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
    public("input with a translation", "submissions:input", lambda: translated().reference),
    public("inputs that a document drew on", "submissions:inputs_used", lambda: translated().used_in[0]["document"]),
    public("input that was taken down", "submissions:input", tombstone, status=410),
    public("organisation", "submissions:organisation", lambda: newest().organisation_slug),
    public("objective", "submissions:objective", 7),
    public("round table", "submissions:round_table", DEMO, 1),
    public("input that was corrected", "submissions:input", lambda: corrected().reference),
    public("former version of an input", "submissions:version", lambda: corrected().reference, 1),
    public("what a correction changed", "submissions:differences", lambda: corrected().reference),
    public("what a correction changed, side by side", "submissions:differences", lambda: corrected().reference, view="side"),
    public("input with an addition", "submissions:input", lambda: beside("addition", "approved")().reference),
    public("receipt, asked", "submissions:receipt_check", lambda: newest().reference),
    public(
        "receipt, genuine", "submissions:receipt_check", lambda: newest().reference, sha256=lambda: newest().version.sha256
    ),
    public("receipt, not genuine", "submissions:receipt_check", lambda: newest().reference, sha256="0" * 64),
    public("forum of 2030", "forums:forum", "2030"),
    public("calendar, narrowed", "forums:calendar", forum=DEMO, kind="call"),
    public("calendar, unknown filter", "forums:calendar", kind="party", status=400),
    public("regional reviews", "forums:regional_reviews"),
    public("national reviews", "submissions:national_reviews"),
    public("reports", "forums:reports"),
    public("programme", "forums:programme", DEMO),
    public("programme, one day", "forums:programme", DEMO, day=lambda: first_day()),
    public("programme, an earlier release", "forums:release", DEMO, 1),
    public("programme, never released", "forums:programme", "2022"),
    public("session", "forums:session", DEMO, "round-table-1"),
    public("session, cancelled", "forums:session", DEMO, "side-event-letters"),
    public("accredited organisations", "accreditation:accredited", DEMO),
    public("accredited organisations, narrowed", "accreditation:accredited", DEMO, basis="ecosoc"),
    public("non-objection lists", "accreditation:public_lists", DEMO),
    public("participants", "accreditation:participants", DEMO),
    public("verify, asked", "accreditation:verify"),
    public("verify, unknown code", "accreditation:verify_code", "0" * 24, status=404),
    public("API documentation", "api-docs"),
    public("API documentation of one's own side", "api-docs-own"),
    public("no such page", "submissions:input", "IMRF-1815-I-00001", status=404),
]


def followed():
    """An address that follows two lists of inputs."""
    known = {"asked_at": now(), "confirmed_at": now(), "told_until": now()}
    for query in ("objective=7", "q=migrants&level=national"):
        one, _new = InputsFollowing.objects.get_or_create(email="reader@demo.example", query=query, defaults=known)
    return one


def recorded_reference():
    return PublishedInput.objects.filter(recorded_by_desk=True).order_by("reference").first().reference


def translated():
    """The input of the demonstration that can be read in other languages, and that a document drew on."""
    shown = PublishedInput.objects.filter(forum__slug=DEMO, taken_down_at=None)
    return shown.exclude(translations={}).exclude(used_in=[]).order_by("reference").first()


def corrected():
    return PublishedInput.objects.exclude(corrected_at=None).order_by("reference").first()


def first_day():
    return Forum.objects.get(slug=DEMO).first_day.isoformat()


OUTSIDE = [
    outside("sign in", "account_login"),
    outside("sign up", "account_signup"),
    outside("forgotten password", "account_reset_password"),
    Page(
        "where an input stands that came by letter",
        lambda: reverse("submissions:public_status", args=[recording("recorded")().code]),
    ),
    outside("follow a list of inputs", "submissions:follow"),
    Page(
        "follow a list of inputs, narrowed",
        lambda: f"{reverse('submissions:follow')}?{urlencode({'q': 'migrants', 'objective': 7})}",
    ),
    Page("follow a list that is not there", lambda: f"{reverse('submissions:follow')}?level=galactic", 400),
    outside("follow a list of inputs, asked", "submissions:follow_asked"),
    outside("lists that are followed, ended", "submissions:follow_ended"),
    Page("lists that are followed", lambda: reverse("submissions:following", args=[key_of(followed())])),
    Page("link that confirms, too old", lambda: reverse("submissions:confirm_following", args=["old"]), 404),
    Page("stop letters", lambda: reverse("forums:stop_letters", args=[token_of("somebody@demo.example", "reminders")])),
]

OWN = [
    mine("my page", "my"),
    mine("my inputs", "submissions:my_inputs"),
    mine("my receipts", "submissions:my_receipts"),
    mine("everything as a ZIP file", "submissions:my_archives"),
    mine("lists of inputs that I follow", "submissions:my_following"),
    mine("my letters", "accreditation:my_letters"),
    mine("inbox", "accreditation:inbox"),
    mine("my sessions", "accreditation:my_sessions"),
    mine("my data", "accreditation:my_data"),
    mine("close the account", "accreditation:close_account"),
    mine("new organisation", "accreditation:new_organisation"),
    mine("join an organisation", "accreditation:join", q="network"),
    mine("my organisation", "accreditation:my_organisation", lambda membership: membership.organisation.slug),
    of("people of an organisation", "people", PERSONS, forum=False),
    of("leave an organisation", "leave", PERSONS, forum=False),
    of("tokens of an organisation", "tokens", PERSONS, forum=False),
    of("make a token", "new_token", PERSONS, forum=False),
    of("who takes part", "participation", PERSONS),
    of("register a person", "register_person", PERSONS, event="forum"),
    of("a registered person", "person", PERSONS, lambda standing: standing.registrations.first().key),
    of("replace a person", "replace_person", PERSONS, lambda standing: standing.registrations.first().key),
    of("cancel a registration", "cancel_person", PERSONS, lambda standing: standing.registrations.first().key),
    of("ask to speak", "speaking", "stepnoy-most", lambda _: "hearing"),
    of("a request to speak", "speaking", PERSONS, lambda _: "hearing"),
    of("who takes part, with a chosen speaker", "participation", "baobab-solidaire"),
    of("withdraw a request to speak", "withdraw_wish", PERSONS, lambda _: "hearing"),
    of("ask for support", "ask_for_support", "baobab-solidaire"),
    of("a request for support", "support_request", "yasnaya-doroga", lambda standing: request_of(standing).key),
    of("withdraw a request for support", "withdraw_support", "yasnaya-doroga", lambda standing: request_of(standing).key),
    of("lists before Member States", "circulated", "exampland-mission", forum=False, organisation=False),
    of(
        "a list before Member States",
        "circulated_list",
        "exampland-mission",
        lambda _: a_list(),
        forum=False,
        organisation=False,
    ),
    applied("application, a draft", "application", "draft"),
    applied("application, what is missing", "application_check", "draft"),
    applied("application, another basis", "application_basis", "draft"),
    applied("application, the desk asks", "application", "more_asked"),
    applied("application, answer to be checked", "application_check", "more_asked"),
    applied("application, recognised", "application", "recognised"),
    applied("application, not accredited", "application", "not_accredited"),
    applied("application, withdrawn", "application", "withdrawn"),
    applied("application, begun anew", "application", "withdrawn", anew=1),
    applied("withdraw an application", "application_withdraw", "put_forward"),
    mine("begin an input", "submissions:start", DEMO, lambda _: open_call().slug),
    mine("e-mail addresses", "account_email"),
    mine("new password", "account_change_password"),
    mine("second factors", "mfa_index"),
    own("a question of the desk", "submissions:my_input", in_status("clarification_asked")),
    own("edit a draft", "submissions:edit", draft(complete=False)),
    own("edit a national review", "submissions:edit", lambda: of_form("national-review")),
    own("check a national review", "submissions:check", lambda: of_form("national-review")),
    own("bring in a form", "submissions:bring_in", lambda: of_form("national-review")),
    own("edit after a question", "submissions:edit", in_status("clarification_asked")),
    own("offer a translation", "submissions:translate", lambda: translated().submission),
    own("check, incomplete", "submissions:check", draft(complete=False)),
    own("check, complete", "submissions:check", draft(complete=True)),
    own("receipt", "submissions:receipt", in_status("submitted")),
    own("my input, a draft", "submissions:my_input", draft(complete=False)),
    own("my input, published", "submissions:my_input", in_status("published")),
    own("my input, not admissible", "submissions:my_input", in_status("not_admissible")),
    own("writing together", "submissions:writing_together", written_together),
    Page("writing together, one change", change_looked_at),
    own("edit a draft with files", "submissions:edit", written_together),
    own("my input, with a correction that waits", "submissions:my_input", beside("correction", "proposed")),
    own("my input, with an addition", "submissions:my_input", beside("addition", "approved")),
    own("differences of one's own", "submissions:my_differences", beside("correction", "proposed")),
    Page("differences of one's own, side by side", side_by_side),
    own("say what is to be corrected", "submissions:correct", beside("addition", "approved")),
    own("edit an addition", "submissions:edit", lambda: proposed("addition", "draft")().draft),
    own("check an addition", "submissions:check", lambda: proposed("addition", "draft")().draft),
    own("my input, joint", "submissions:my_input", led("published")),
    own("co-sponsors, published", "submissions:joint", led("published")),
    own("co-sponsors, waiting", "submissions:joint", led("draft")),
    asked_jointly("asked to co-sponsor", answer=""),
    asked_jointly("stands under a joint input", answer="agreed", submission__status="published"),
    Page("joint inputs of others", lambda: (reverse("submissions:co_sponsored"), co_sponsors(answer="")[1])),
    public("joint input in English", "submissions:input", lambda: led("published")().reference),
    own("withdraw", "submissions:withdraw", in_status("submitted")),
    own("discard", "submissions:discard", draft(complete=False)),
]

DESK = [
    desk("particulars corrected at the desk", "submissions_submission_particulars", in_status("published")),
    desk("redactions", "submissions_submission_redactions", in_status("published")),
    desk("colleagues to be named in a note", "submissions_submission_colleagues", in_status("submitted")),
    claimed("claim, to take up", "submitted"),
    claimed("claim, in screening", "screening"),
    claimed("claim, more asked", "more_asked"),
    Page("basis at the desk", lambda: (reverse("admin:accreditation_basis_change", args=["special"]), administrator())),
    clerk_at("claims", "accreditation_changelist"),
    clerk_at("lists of non-objection", "nonobjectionlist_changelist"),
    clerk_at(
        "list whose outcome is recorded",
        "nonobjectionlist_change",
        lambda: NonObjectionList.objects.get(forum__slug=DEMO, number=1).pk,
    ),
    clerk_at(
        "list before Member States",
        "nonobjectionlist_change",
        lambda: NonObjectionList.objects.get(forum__slug=DEMO, number=2).pk,
    ),
    clerk_at("files behind applications", "evidencefile_changelist"),
    desk("work list", "index"),
    desk("queue", "submissions_submission_changelist"),
    Page(
        "queue, searched",
        lambda: (f"{reverse('admin:submissions_submission_changelist')}?q=level:national+-lang:en", editor()),
    ),
    Page("queue, not understood", lambda: (f"{reverse('admin:submissions_submission_changelist')}?q=colour:red", editor())),
    desk("help with the queue", "submissions_submission_search_help"),
    desk("columns of the queue", "submissions_submission_columns"),
    Page("views of the queue", lambda: (reverse("admin:submissions_submission_views"), with_a_view(editor()))),
    desk("review, to take up", "submissions_submission_change", in_status("submitted")),
    desk("review, under way", "submissions_submission_change", in_status("under_review")),
    formed("forms of calls", "formtemplate_changelist"),
    formed("a form of calls", "formtemplate_change", lambda: FormTemplate.objects.get(code="stakeholder").pk),
    formed("copy a form", "formtemplate_copy", lambda: FormTemplate.objects.get(code="stakeholder").pk),
    formed("a published version of a form", "formversion_change", lambda: version("stakeholder").pk),
    formed("a version that is being written", "formversion_change", lambda: version("report").pk),
    formed("publish a version of a form", "formversion_publish", lambda: version("report").pk),
    formed("preview of a form", "formversion_preview", lambda: version("national-review").pk),
    formed("a question of a form", "question_change", lambda: version("report").questions.first().pk),
    formed("a new question", "question_add"),
    desk("assigning inputs", "submissions_submission_assign", query=lambda: {"pk": waiting_inputs(), "way": "by_work"}),
    desk("figures of the reviews", "submissions_submission_figures"),
    desk("rules of assignment", "submissions_assignmentrule_changelist"),
    desk("a rule of assignment", "submissions_assignmentrule_change", lambda: AssignmentRule.objects.first()),
    desk("calls in which rules work by themselves", "submissions_automaticassignment_changelist"),
    desk("conflicts of interest", "submissions_conflict_changelist"),
    desk("declare a conflict of interest", "submissions_conflict_add"),
    desk("absences", "accreditation_absence_changelist"),
    desk("enter an absence", "accreditation_absence_add"),
    desk("scopes of people of the desk", "accreditation_deskscope_changelist"),
    desk("narrow what somebody works on", "accreditation_deskscope_add"),
    desk("published inputs", "submissions_publishedinput_changelist"),
    desk("co-sponsors", "submissions_cosponsor_changelist"),
    desk("a co-sponsor", "submissions_cosponsor_change", lambda: co_sponsors(submission__status="published")[0]),
    desk("review, joint", "submissions_submission_change", led("published")),
    desk("review, with a correction", "submissions_submission_change", beside("correction", "proposed")),
    desk("corrections and additions", "submissions_proposal_changelist"),
    desk("a correction, to decide", "submissions_proposal_change", proposed("correction", "proposed")),
    desk("an addition, approved", "submissions_proposal_change", proposed("addition", "approved")),
    desk("steps of corrections and additions", "submissions_proposalstep_changelist"),
    desk("uses of inputs", "submissions_use_changelist"),
    desk("record uses of inputs", "submissions_use_add"),
    desk("translations of inputs", "submissions_inputtranslation_changelist"),
    desk("write a translation", "submissions_inputtranslation_add"),
    desk("a translation of an input", "submissions_inputtranslation_change", lambda: InputTranslation.objects.first()),
    Page("audit", lambda: (reverse("admin:accreditation_auditentry_changelist"), administrator())),
    desk("history of an input, with its audit", "submissions_submission_history", in_status("published")),
    desk("files", "submissions_attachment_changelist"),
    desk("a file that is held", "submissions_attachment_change", held_file),
    desk("release a file", "submissions_attachment_release", held_file),
    desk("inputs received otherwise", "submissions_recording_changelist"),
    desk("type an input received otherwise", "submissions_recording_add"),
    desk("check an input received otherwise", "submissions_recording_change", recording("staged")),
    desk("an input received otherwise, recorded", "submissions_recording_change", recording("recorded")),
    desk("compilations", "submissions_compilation_changelist"),
    desk("compile inputs", "submissions_compilation_add"),
    desk("call letters", "submissions_callletter_changelist"),
    desk("coverage", "submissions_callletter_coverage"),
    desk("inputs behind a figure", "submissions_callletter_coverage_inputs"),
    desk("who could be asked", "submissions_callletter_coverage_ask"),
    desk("background notes", "submissions_backgroundnote_changelist"),
    desk("open a writing room", "submissions_backgroundnote_add"),
    desk("a writing room", "submissions_backgroundnote_change", lambda: BackgroundNote.objects.first()),
    desk("a compilation", "submissions_compilation_change", lambda: Compilation.objects.first()),
    desk("a call letter", "submissions_callletter_change", lambda: CallLetter.objects.first()),
    desk("imports of inputs", "submissions_recordingbatch_changelist"),
    desk("send a file of inputs", "submissions_recordingbatch_add"),
    desk("report on a file of inputs", "submissions_recordingbatch_change", lambda: RecordingBatch.objects.first()),
    desk(
        "report on a file of inputs, what is wrong",
        "submissions_recordingbatch_change",
        lambda: RecordingBatch.objects.first(),
        query=lambda: {"tab": "wrong"},
    ),
    desk("a wish about what is public", "submissions_publicityrequest_change", lambda: PublicityRequest.objects.first()),
    desk("wishes about what is public", "submissions_publicityrequest_changelist"),
    desk("decisions on several inputs", "submissions_decisionround_changelist"),
    desk("a round of staged decisions", "submissions_decisionround_change", lambda: DecisionRound.objects.first()),
    desk("requests for a second person", "forums_secondpersonrequest_changelist"),
    desk("a request for a second person", "forums_secondpersonrequest_change", lambda: SecondPersonRequest.objects.first()),
    letters("letters", "letter_changelist"),
    letters("a letter", "letter_change", lambda: [a_letter().pk]),
    letters("wordings", "wording_changelist"),
    letters("a wording", "wording_add", kind="submissions/received", language="ar"),
    Page("programme at the desk", lambda: (f"{reverse('admin:forums_session_changelist')}?forum={DEMO}", editor())),
    desk("session at the desk", "forums_session_change", lambda: Session.objects.filter(forum__slug=DEMO).first()),
    board("board of forums", lambda duty: f"?open={duty}"),
    board("preview of a notice", lambda duty: f"preview/?milestone={duty}&distance=-7"),
    board("notice to be sent now", lambda duty: f"{duty}/send/"),
    desk("release at the desk", "forums_release_change", lambda: Release.objects.filter(forum__slug=DEMO).first()),
]

EVERY = [*PUBLIC, *OUTSIDE, *OWN, *DESK]
WITH_SECOND_FACTOR = [
    *DESK,
    *(page for page in OWN if page.name in ("lists before Member States", "a list before Member States", "make a token")),
]
