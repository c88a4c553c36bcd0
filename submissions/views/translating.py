"""Translations on the author's side: title and summary in another language are offered; the desk shows them."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.entrance import signed_in
from forums.refusals import Refused
from forums.typed import posted_by
from submissions import operations, permissions
from submissions.operations.translating import LONGEST
from submissions.views.own import own_input


class TranslationForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language of the translation"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, widget=forms.TextInput({"dir": "auto"}))
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )

    def __init__(self, original, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [pair for pair in settings.LANGUAGES if pair[0] != original]


@signed_in
def translate(request, pk):
    """Offer title and summary in another language; a page that shows what stands and waits already."""
    submission = own_input(request, pk, may=permissions.may_submit)
    if submission.status != "published":
        return redirect(submission)
    version = submission.standing_version()
    form = TranslationForm(version.corrected["language"], posted_by(request))
    if form.is_valid():
        try:
            operations.offer_translation(submission, **form.cleaned_data, by=request.user, at=now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The desk has your translation. It is shown once somebody there has looked at it."))
            return redirect(submission)
    rows = submission.translations.exclude(state="aside").order_by("language")
    context = {"submission": submission, "content": version.content, "form": form, "rows": rows}
    return render(request, "submissions/participant/translate.html", context)
