"""What the desk decides about an input: from which statuses, who may, what it asks for, and which letter follows."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin.telling import tells_nobody, whom_it_tells
from forums.admin.decisions import Decision, Words
from forums.templatetags.moments import city_of
from forums.zoned_fields import WallClockField, instant_of
from submissions import notifications, operations
from submissions.models import Ground, Submission, SubmissionStep
from submissions.operations.reviewing import DECIDED
from submissions.parts import parts_of
from submissions.permissions import may_publish, may_review

Status = Submission.Status
EVERYTHING = "everything"
EDITORS_ONLY = _("Only editors publish and take down.")
REVIEWERS_ONLY = _("Only reviewers and editors decide.")


def reads(label):
    return forms.CharField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))


class Question(Words):
    question = reads(_("What you want to know (the author reads it)"))
    opens = forms.MultipleChoiceField(
        label=_("What the author may change (nothing ticked: the answer is given in words)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    answer_on = forms.DateField(
        label=_("Answer until the end of this day, where the forum is"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def know(self, submission):
        parts = parts_of(submission, submission.files_sent)
        self.fields["opens"].choices = [(EVERYTHING, _("The whole input")), *parts.items()]

    def clean_opens(self):
        chosen = self.cleaned_data["opens"]
        return None if EVERYTHING in chosen else chosen


class Reason(Words):
    reason = reads(_("Reason (the author reads it)"))


class Refusal(Reason):
    """Why it is not admissible: from the list, so that it is said in every language, and in words."""

    ground = forms.ChoiceField(label=_("Ground (the author reads it)"), choices=[("", _("Choose")), *Ground.choices])
    field_order = ("ground", "reason")


class PublicReason(Words):
    reason = reads(_("Reason (it stands on the public page, and the author reads it)"))


class Publication(Words):
    """Whether the text goes ahead of its files; asked only while one of them is not free."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        if self.is_bound:
            self.ask()

    def know(self, submission):
        if self.is_bound:
            return
        self.fields.pop("files_may_follow", None)
        if any(file.is_awaited for file in submission.files_sent):
            self.ask()

    def ask(self):
        self.fields["files_may_follow"] = forms.BooleanField(
            label=_("Publish the text ahead of its files: each file follows once it is clean, read and not held"),
            required=False,
        )


class LaterPublication(Publication):
    """From when on the public reads it, on the clock of the forum's city."""

    visible_at = WallClockField(label=_("Public from"))
    forum = None

    def know(self, submission):
        self.in_zone_of(submission.call.forum)
        super().know(submission)

    def in_zone_of(self, forum):
        self.forum, field = forum, self.fields["visible_at"]
        field.zone = forum.zone
        field.help_text = _("Wall clock of %(city)s (%(zone)s).") % {"city": city_of(forum.zone), "zone": forum.zone.key}

    def clean_visible_at(self):
        """The instant at which clocks of that city show it, as text, so that it can be kept with the decision."""
        if self.forum is None:
            raise forms.ValidationError(_("Choose inputs of one forum: the moment is on the clock of its city."))
        instant = instant_of(self.cleaned_data["visible_at"], self.forum.zone)
        if instant <= now():
            raise forms.ValidationError(_("This moment is past. Choose one that lies ahead, or publish now."))
        return instant.isoformat()


def reinstate_for_author(submission, *, by, at, reason):
    """Bring back what its author withdrew, also after the closing."""
    return operations.reinstate(submission, by=by, at=at, reason=reason, by_desk=True)


DECISIONS = (
    Decision(
        key="take_up",
        label=_("Take up"),
        done=_("You review this input now."),
        from_statuses=(Status.SUBMITTED,),
        to=Status.UNDER_REVIEW,
        may=may_review,
        act=operations.take_up,
        tone="",
        for_whom=REVIEWERS_ONLY,
    ),
    Decision(
        key="accept",
        label=_("Accept"),
        done=_("The input is accepted. An editor can publish it."),
        from_statuses=(Status.UNDER_REVIEW,),
        to=Status.ACCEPTED,
        may=may_review,
        act=operations.accept,
        tone="",
        for_whom=REVIEWERS_ONLY,
    ),
    Decision(
        key="publish",
        label=_("Publish"),
        done=_("The input is public now."),
        from_statuses=(Status.ACCEPTED,),
        to=Status.PUBLISHED,
        may=may_publish,
        act=operations.act_of("publish").act,
        words=Publication,
        tone="",
        for_whom=EDITORS_ONLY,
    ),
    Decision(
        key="publish_at",
        label=_("Publish at"),
        done=_("The input is published; the public reads it from that moment on."),
        from_statuses=(Status.ACCEPTED,),
        to=Status.PUBLISHED,
        may=may_publish,
        act=operations.act_of("publish").act,
        words=LaterPublication,
        for_whom=EDITORS_ONLY,
    ),
    Decision(
        key="ask",
        label=_("Ask for clarification"),
        done=_("The question goes to the author, who can change what you opened and send it again."),
        from_statuses=(Status.UNDER_REVIEW,),
        to=Status.CLARIFICATION_ASKED,
        may=may_review,
        act=operations.ask_for_clarification,
        words=Question,
        for_whom=REVIEWERS_ONLY,
    ),
    Decision(
        key="decline",
        label=_("Not admissible"),
        done=_("The input is declared not admissible."),
        from_statuses=(Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED),
        to=Status.NOT_ADMISSIBLE,
        may=may_review,
        act=operations.decline,
        words=Refusal,
        tone="stop",
        for_whom=REVIEWERS_ONLY,
    ),
    Decision(
        key="reopen",
        label=_("Reopen"),
        done=_("The decision is taken back; the input is under review again."),
        from_statuses=DECIDED,
        to=Status.UNDER_REVIEW,
        may=may_review,
        act=operations.reopen,
        words=Reason,
        for_whom=REVIEWERS_ONLY,
    ),
    Decision(
        key="take_down",
        label=_("Take down"),
        done=_("The input is no longer public; its address says why and since when."),
        from_statuses=(Status.PUBLISHED,),
        to=Status.ACCEPTED,
        may=may_publish,
        act=operations.take_down,
        words=PublicReason,
        tone="stop",
        for_whom=EDITORS_ONLY,
    ),
    Decision(
        key="reinstate",
        label=_("Reinstate"),
        done=_("The input is back as it was last sent and waits to be read."),
        from_statuses=(Status.WITHDRAWN,),
        to=Status.SUBMITTED,
        may=may_publish,
        act=reinstate_for_author,
        words=Reason,
        for_whom=EDITORS_ONLY,
    ),
)


def whom_it_tells_of_recorded(submission):
    """Of an input that the desk recorded and for which nobody acts: the typed address, or nobody."""
    recording = notifications.recording_of(submission)
    if recording is not None and recording.letter_to:
        return _("A letter goes to the address that was given with the input.")
    return _("No letter goes out: the desk recorded this input on behalf of its author.")


def letters_of(submission):
    """A function that says of a decision whom it will write to; who that is, is looked up once."""
    people = notifications.recipients(SubmissionStep(submission=submission))

    def letter_of(decision):
        step = SubmissionStep(submission=submission, was=submission.status, became=decision.to)
        if notifications.template_of(step) is None:
            return tells_nobody()
        if submission.recorded_by_desk and not people:
            return whom_it_tells_of_recorded(submission)
        return whom_it_tells(submission.organisation, people)

    return letter_of
