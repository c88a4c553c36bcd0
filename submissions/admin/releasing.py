"""Releasing a file on the desk: a page that says why it is held and asks how one made sure of it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.refusals import Refused
from submissions import operations, permissions
from submissions.views.details import details_of, extracts_of, state_of


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("How you made sure that it is harmless (kept with the file)"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def release_file(room, request, pk):
    """The page, and what is pressed on it; a missing page for who may not see the file, 403 for who may not release."""
    file = room.get_queryset(request).filter(pk=pk).first()
    if not room.has_view_permission(request) or file is None:
        raise Http404
    if not permissions.may_release(request.user, file.submission):
        raise PermissionDenied
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    back = reverse("admin:submissions_attachment_change", args=[pk])
    if form.is_valid():
        try:
            operations.release(file, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            room.log_change(request, file, _("Released the file: %(why)s") % {"why": form.cleaned_data["reason"]})
            messages.success(request, _("The file is released."))
            return redirect(back)
    file.name, (word, tone) = room.called(file), state_of(file)
    context = {
        **room.admin_site.each_context(request),
        "title": _("Release a file"),
        "opts": room.opts,
        "file": file,
        "back": back,
        "word": word,
        "tone": tone,
        "details": details_of(file, extracts_of([file]).get(file.pk)) if file.name_told else {},
        "form": form,
    }
    return TemplateResponse(request, "admin/submissions/attachment/release.html", context)
