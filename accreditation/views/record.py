"""The record of an organisation, written by those who speak for it; of two who write at once the later sees both."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation import operations, permissions
from accreditation.entrance import forget_typed, signed_in, typed_before
from accreditation.forms_record import RecordForm, said_of
from accreditation.models import Organisation
from forums.refusals import Refused
from forums.typed import posted

SEVERAL = ("regions",)


@signed_in
def record(request, slug):
    """Show the record as a form; save it, or show it again with everything that was typed."""
    own = Organisation.objects.represented_by(request.user)
    organisation = get_object_or_404(own, slug=slug)
    if not permissions.represents(request.user, organisation):
        raise Http404
    if request.method != "POST":
        typed = typed_before(request, request.path)
        return _page(request, organisation, RecordForm(posted(typed) if typed else None, organisation=organisation))
    form = RecordForm(_chosen(posted(request.POST), organisation), organisation=organisation)
    if form["edition"].value() != str(organisation.edition) and differing(form, organisation):
        return _conflict(request, organisation, form)
    if form.is_valid():
        try:
            operations.describe(
                organisation, by=request.user, at=now(), edition=form.cleaned_data["edition"], about=form.about
            )
        except operations.RecordChanged as changed:
            if differing(form, changed.theirs):
                return _conflict(request, changed.theirs, form)
        except Refused as why:
            form.add_error(None, str(why))
        if not form.errors:
            forget_typed(request, request.path)
            messages.success(request, _("The record was saved."))
            return redirect("accreditation:my_organisation", slug)
    return _page(request, organisation, form)


def _page(request, organisation, form):
    stands = organisation.accreditations.standing().exists()
    about = {"organisation": organisation, "form": form, "stands": stands}
    return render(request, "accreditation/participant/record.html", about)


def _chosen(typed, organisation):
    """What was typed, with the saved version of every answer for which that was chosen."""
    saved = said_of(organisation)
    for name in saved:
        if typed.get(f"take_{name}") == "theirs":
            typed.setlist(name, saved[name] if name in SEVERAL else [_plain(saved[name])])
    return typed


def _plain(value) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def differing(form, theirs) -> list:
    """The questions to which the page says something else than what is saved."""
    saved = said_of(theirs)
    return [name for name in form.questions if _typed(form, name) != _saved(saved, name)]


def _typed(form, name):
    value = form[name].value()
    return sorted(value or []) if name in SEVERAL else _plain(value)


def _saved(saved, name):
    return sorted(saved[name]) if name in SEVERAL else _plain(saved[name])


def _conflict(request, theirs, form):
    """Both versions, answer by answer, with the choice which one to keep; nothing was overwritten, nothing is lost."""
    form.data["edition"] = str(theirs.edition)
    saved, names = said_of(theirs), differing(form, theirs)
    context = {
        "organisation": theirs,
        "form": form,
        "place": reverse("accreditation:record", args=[theirs.slug]),
        "same": [form[name].as_hidden() for name in form.questions if name not in names],
        "differing": [_both(form, name, saved) for name in names],
    }
    return render(request, "accreditation/participant/record_conflict.html", context, status=409)


def _both(form, name, saved) -> dict:
    """One answer twice: in words, and what was typed as a field that can be changed, or hidden where it was picked."""
    picked = getattr(form.fields[name], "choices", None)
    words = {str(code): str(word) for code, word in picked or ()}
    mine, theirs = _typed(form, name), _saved(saved, name)
    if name in SEVERAL:
        told = ["; ".join(words.get(code, code) for code in codes) for codes in (mine, theirs)]
    else:
        told = [words.get(value, value) for value in (mine, theirs)]
    return {"field": form[name], "name": name, "mine": told[0], "theirs": told[1], "picked": picked is not None}
