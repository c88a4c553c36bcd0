"""Correcting the particulars of an input at the desk: level, language, places, objectives, with a reason."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.admin.telling import whom_it_tells
from accreditation.entrance import typed_before
from forums.admin.decisions import typed_into
from forums.hints import look_soon
from forums.models import Country, GuidingPrinciple, Objective, Region
from forums.models.call import Level
from forums.refusals import Refused
from forums.typed import posted_by
from submissions import notifications, operations, permissions
from submissions.admin.corrected import corrections_in_words
from submissions.models import Submission, SubmissionStep
from submissions.operations.deciding import PARTICULARS_CORRECTED
from submissions.typed_fields import Text

TICKS = forms.CheckboxSelectMultiple


class ParticularsForm(forms.Form):
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES)
    objectives = forms.TypedMultipleChoiceField(label=gettext_lazy("Objectives"), coerce=int, required=False, widget=TICKS)
    principles = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Guiding principles"), coerce=int, required=False, widget=TICKS
    )
    regions = forms.MultipleChoiceField(label=gettext_lazy("Regions"), required=False, widget=TICKS)
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries and areas"), required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    reason = Text(
        label=gettext_lazy("Reason (the author reads it)"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model in (("objectives", Objective), ("principles", GuidingPrinciple)):
            self.fields[name].choices = [(one.number, str(one)) for one in model.objects.all()]
        self.fields["regions"].choices = [(region.code, region.name) for region in Region.objects.all()]
        countries = [(country.iso3, country.name) for country in Country.objects.all()]
        self.fields["countries"].choices = sorted(countries, key=lambda choice: choice[1])


def opened(room, request, pk):
    """The input this person may see at the desk, or a missing page."""
    if not room.has_view_permission(request):
        raise PermissionDenied
    seen = Submission.objects.visible_to(request.user).select_related("call__forum", "organisation")
    submission = seen.filter(pk=pk).first()
    if submission is None:
        raise Http404
    return submission


def may_reclassify(user, submission) -> bool:
    """Reviewers before publication; what the public sees is corrected by editors."""
    public = submission.status == Submission.Status.PUBLISHED
    return permissions.may_publish(user, submission) if public else permissions.may_review(user, submission)


def may_reclassify_by_role(user, submission) -> bool:
    """The same for a page that shows only what is not of this person's own organisation; asks nothing of the database."""
    if submission.status not in operations.CORRECTABLE:
        return False
    public = submission.status == Submission.Status.PUBLISHED
    return user.has_perm("submissions.publish_submission" if public else "submissions.review_submission")


def particulars_page(room, request, pk):
    """The form with what is said now, the corrections before it, and what is pressed."""
    submission = opened(room, request, pk)
    if not may_reclassify(request.user, submission):
        raise PermissionDenied
    back = reverse("admin:submissions_submission_change", args=[pk])
    version = submission.standing_version()
    said = version.corrected
    initial = {name: said.get(name, []) for name in operations.PARTICULARS}
    initial["seen"] = submission.reclassifications.count()
    form = ParticularsForm(posted_by(request), initial=initial)
    if (typed := typed_before(request, request.path)) is not None:
        form.initial |= {**typed_into(form, typed), "seen": initial["seen"]}
    if form.is_valid():
        try:
            pressed, about = Pressed(_("Correct the particulars"), operations.reclassify), {"named": submission.reference}
            told = Confirmation(room, request, submission, pressed, form.cleaned_data, PARTICULARS_CORRECTED, **about)
            if (page := told.carry_out()) is not None:
                return page
        except Refused as why:
            form.add_error(None, str(why))
        else:
            look_soon("forums.tasks.send_letters")
            messages.success(request, _("The particulars are corrected."))
            return redirect(back)
    people = notifications.recipients(SubmissionStep(submission=submission))
    context = {
        **room.admin_site.each_context(request),
        "title": _("Correct the particulars"),
        "opts": room.opts,
        "submission": submission,
        "back": back,
        "form": form,
        "letter": whom_it_tells(submission.organisation, people),
        "corrections": corrections_in_words(submission, request.user),
        "forum": submission.call.forum,
    }
    return TemplateResponse(request, "admin/submissions/submission/particulars.html", context)
