"""allauth's adapter and sign-up form: the portal's voice, and nothing else of allauth."""

import uuid
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation.models import User
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

    def try_save(self, request):
        """An address that has an account takes as long as a new one: the password is hashed all the same."""
        user, answer = super().try_save(request)
        if user is None:
            make_password(self.cleaned_data["password1"])
        return user, answer

    def save(self, request):
        user = super().save(request)
        if user is not None:
            user.name, user.language = self.cleaned_data["name"], self.cleaned_data["language"]
            user.save(update_fields=["name", "language"])
        return user


class AccountAdapter(DefaultAccountAdapter):
    """Account mails are letters too: stored, sent by the sweep, erased once sent. No request waits for a mail server."""

    def send_mail(self, template_prefix, email, context):
        language = language_of(email)
        about = {
            **{name: on_this_site(value) if name.endswith("_url") else value for name, value in context.items()},
            "request": self.request,
            "email": email,
            "site_url": settings.SITE_URL,
            "contact_email": settings.CONTACT_EMAIL,
        }
        with translation.override(language):
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", about).split())
            text = render_to_string(f"{template_prefix}_message.txt", about, request=self.request).strip() + "\n"
            html = self._html_of(template_prefix, about)
        at = now()
        Letter.objects.create(
            key=f"account:{uuid.uuid4()}",
            kind=template_prefix,
            to=email,
            language=language,
            subject=(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject)[:300],
            text=text,
            html=html,
            private=True,
            written_at=at,
            not_before=at,
        )
        look_soon("forums.tasks.send_letters")

    def _html_of(self, template_prefix, about):
        try:
            return render_to_string(f"{template_prefix}_message.html", about, request=self.request)
        except TemplateDoesNotExist:
            return ""


def language_of(email) -> str:
    """The language this person chose for letters, else that of the page."""
    chosen = User.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return chosen or get_language() or settings.LANGUAGE_CODE


def on_this_site(url) -> str:
    """The same address on the configured host, whatever host the request named."""
    parts = urlsplit(url)
    return settings.SITE_URL + urlunsplit(("", "", parts.path, parts.query, parts.fragment))
