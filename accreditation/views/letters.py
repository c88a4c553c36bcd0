"""A person's own letters: which topics, in which language."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation import operations
from accreditation.entrance import forget_typed, signed_in, typed_before
from forums.letters.topics import all_topics
from forums.models import Follower
from forums.operations.letters import second_language
from forums.operations.stopping import stopped_topics
from forums.typed import posted_by


class LettersForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=settings.LANGUAGES)
    second = forms.ChoiceField(
        label=_("In a second language as well"),
        choices=[("", _("In one language only")), *settings.LANGUAGES],
        required=False,
    )
    topics = forms.MultipleChoiceField(label=_("Letters that you want"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(topic.code, f"{topic.name}: {topic.means}") for topic in all_topics()]


@signed_in
def my_letters(request):
    person = request.user
    wanted = [topic.code for topic in all_topics() if topic.code not in stopped_topics(person.email)]
    typed = posted_by(request) if request.method == "POST" else typed_before(request, request.path)
    kept = {"language": person.language, "second": second_language(person.email), "topics": wanted}
    form = LettersForm(typed, initial=kept)
    if request.method == "POST" and form.is_valid():
        operations.prefer_letters(person, **form.cleaned_data, at=now())
        forget_typed(request, request.path)
        messages.success(request, _("It is kept. Letters follow it from now on."))
        return redirect("accreditation:my_letters")
    followed = Follower.objects.standing().filter(email__iexact=person.email).select_related("forum")
    return render(request, "accreditation/participant/my_letters.html", {"form": form, "followed": followed})
