"""What a form had posted that could not be taken, given back to be copied; never a password or a key."""

from accreditation.forms import ClaimForm, JoinForm, OrganisationForm
from forums.typed import posted
from submissions.forms import DraftForm, StartForm, WithdrawForm

FORMS = (DraftForm, StartForm, WithdrawForm, OrganisationForm, ClaimForm, JoinForm)
NOT_TYPED = {"csrfmiddlewaretoken", "edition", "form_key", "next", "then", "confirmed", "agreed", "login", "code"}


def what_was_typed(request) -> list:
    """Each posted answer under the words of its question; several ticks of one question stand in one answer."""
    labels = {name: field.label for form in FORMS for name, field in form.base_fields.items() if field.label}
    return [
        {"label": labels.get(name, name), "text": "\n".join(values)}
        for name, values in posted(request.POST).lists()
        if name not in NOT_TYPED and "password" not in name and any(values)
    ]
