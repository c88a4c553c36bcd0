"""allauth's adapter and sign-up form: the portal's voice, and nothing else of allauth."""

import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums.hints import look_soon
from forums.models import Letter


class SignupForm(AllauthSignupForm):
    """Asks for a name and the language of letters beside address and password."""

    field_order = ["name", "email", "password1", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Your name"), max_length=150, help_text=_("As the desk and your organisation should address you.")
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of letters to you"), choices=settings.LANGUAGES, initial=get_language()
        )
        self.order_fields(self.field_order)

    def save(self, request):
        user = super().save(request)
        if user is not None:
            user.name, user.language = self.cleaned_data["name"], self.cleaned_data["language"]
            user.save(update_fields=["name", "language"])
        return user


class AccountAdapter(DefaultAccountAdapter):
    """Account mails are letters too: stored, sent by the sweep, erased once sent. No request waits for a mail server."""

    def send_mail(self, template_prefix, email, context):
        context = {"request": self.request, "email": email, "site_url": settings.SITE_URL, **context}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context, request=self.request)
        try:
            html = render_to_string(f"{template_prefix}_message.html", context, request=self.request)
        except TemplateDoesNotExist:
            html = ""
        at = now()
        Letter.objects.create(
            key=f"account:{uuid.uuid4()}",
            kind=template_prefix,
            to=email,
            language=get_language() or "en",
            subject=(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject)[:300],
            text=text,
            html=html,
            private=True,
            written_at=at,
            not_before=at,
        )
        look_soon("forums.tasks.send_letters")
