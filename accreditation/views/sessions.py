"""A person's sessions: sign out everywhere else."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from accreditation.sessions import end_other_sessions


@signed_in
def my_sessions(request):
    """Says what ends sessions; the button ends all but this one."""
    if request.method == "POST":
        end_other_sessions(request)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("accreditation:my_sessions")
    return render(request, "accreditation/participant/my_sessions.html")
