"""The public check of a letter of accreditation; its download by those who speak for the organisation."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now

from accreditation import permissions
from accreditation.entrance import signed_in
from accreditation.models import LetterOfAccreditation, Organisation
from accreditation.verifying import letters
from forums.hints import look_soon
from forums.public_page import public_page
from forums.refusals import Refused


@public_page
def verify(request, code=""):
    """What a letter says, and whether it still stands; an unknown code gets a sentence that helps."""
    asked = code or request.GET.get("code", "")[:80].strip()
    typed = letters.tidy_code(asked)
    if typed and typed != code:
        return redirect("accreditation:verify_code", typed)
    letter = None
    if typed:
        every = LetterOfAccreditation.objects.select_related("accreditation__organisation", "accreditation__forum")
        letter = every.select_related("accreditation__basis").filter(code=typed).first()
    about = {"letter": letter, "code": asked, "state": letters.state_of(letter) if letter else "", "at": now()}
    return render(request, "accreditation/public/verify.html", about, status=404 if asked and letter is None else 200)


def _own(request, slug):
    own = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    if not permissions.represents(request.user, own):
        raise Http404
    return own


@signed_in
def ask_letter(request, slug, forum):
    """Ask for the letter in one of the six languages; a worker prints it."""
    if request.method != "POST":
        return redirect("accreditation:my_organisation", slug)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    accreditation = _own(request, slug).accreditations.live().filter(forum__slug=forum).first()
    if accreditation is None:
        raise Http404
    try:
        letter = letters.ask_letter(accreditation, language=language, at=now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("accreditation:my_organisation", slug)
    look_soon("accreditation.tasks.print_letters")
    return redirect("accreditation:letter", slug, forum, letter.code)


@signed_in
def letter(request, slug, forum, code):
    """The letter as PDF; while it is being printed, a page that says so."""
    standings = _own(request, slug).accreditations.told().filter(forum__slug=forum)
    found = get_object_or_404(LetterOfAccreditation, accreditation__in=standings, code=code)
    if not found.file:
        return render(request, "accreditation/participant/letter_waits.html", {"letter": found, "slug": slug})
    name = f"accreditation-{forum}-{found.language}.pdf"
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
