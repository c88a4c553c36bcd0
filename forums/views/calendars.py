"""Calendar files for everybody: all dates, those of a forum, one session."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from forums.ics import calendar_file
from forums.ics.gathering import entries_of, entries_of_everything, entry_of_released
from forums.models import Forum
from forums.public_page import in_asked_language, public_page


def as_file(content: bytes, name: str) -> HttpResponse:
    """Shown by calendar programs, saved under that name by browsers."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@public_page
@in_asked_language
def everything(request):
    title = _("International Migration Review Forum")
    about = _("Every date of the forum: duties, calls that open and close, the days of each forum, regional reviews.")
    return as_file(calendar_file(entries_of_everything(), uid="everything", title=title, about=about), "imrf")


@public_page
@in_asked_language
def of_forum(request, slug):
    forum = get_object_or_404(Forum, slug=slug)
    entries = entries_of(Forum.objects.filter(pk=forum.pk))
    return as_file(calendar_file(entries, uid=f"forum-{forum.pk}", title=forum.name), f"imrf-{slug}")


@public_page
@in_asked_language
def of_session(request, slug, session):
    forum = get_object_or_404(Forum, slug=slug)
    entry = entry_of_released(forum, session)
    if entry is None:
        raise Http404
    return as_file(calendar_file([entry], uid=entry.name, title=entry.summary), f"imrf-{slug}-{session}")
