"""The programme of a forum, for the public: always as it was released, never as it is being planned."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from forums.models import Forum
from forums.programme.cards import by_day, cards_of
from forums.programme.released import outlines_of, sessions_at
from forums.programme.rules import against_its_days
from forums.programme.words import in_html_words
from forums.public_page import public_page

MOST_ON_A_PAGE = 60  # longer programmes are read a day at a time


@public_page
def programme(request, slug):
    """The latest release, by day; where none was made yet the page says so."""
    return _page(request, get_object_or_404(Forum, slug=slug))


@public_page
def release(request, slug, number):
    """A release by its number, as it was on its day."""
    return _page(request, get_object_or_404(Forum, slug=slug), number)


@public_page
def session(request, slug, session):
    """One session as it stands in the latest release."""
    request.stays_ready = "programmes"
    forum = get_object_or_404(Forum, slug=slug)
    latest = forum.releases.order_by("-number").defer("sessions").first()
    shown = [one for one in outlines_of(latest, forum) if one.slug == session] if latest else []
    if not shown:
        raise Http404
    [card] = cards_of(sessions_at(latest, forum, shown), forum)
    return render(request, "forums/session.html", {"forum": forum, "release": latest, "card": card})


def _page(request, forum, number=None):
    request.stays_ready = "programmes"  # imrf_portal/ready_pages.py may keep it
    releases = list(forum.releases.order_by("-number").defer("sessions"))
    chosen = next((one for one in releases if number in (None, one.number)), None)
    if chosen is None and number is not None:
        raise Http404
    sessions = outlines_of(chosen, forum) if chosen else []
    days = list(dict.fromkeys(one.day for one in sessions))
    day = _day_of(request, days, forum) if len(sessions) > MOST_ON_A_PAGE or "day" in request.GET else None
    shown = [one for one in sessions if day in (None, one.day)]
    cards = cards_of(sessions_at(chosen, forum, shown) if shown else [], forum)
    about = {
        "forum": forum,
        "release": chosen,
        "releases": releases,
        "is_latest": bool(releases) and chosen is releases[0],
        "is_outdated": any(list(against_its_days(one, forum)) for one in sessions if not one.is_cancelled),
        "changes": in_html_words(chosen.changes, forum.zone) if chosen else [],
        "days": days,
        "day": day,
        "programme": by_day(cards),
        "indicative": any(card.table and card.table.indicative for card in cards),
    }
    return render(request, "forums/programme.html", about)


def _day_of(request, days, forum):
    """The day that was asked for; else today while the forum meets, else its first day."""
    if "day" not in request.GET:
        today = now().astimezone(forum.zone).date()
        return today if today in days else days[0]
    asked = next((day for day in days if day.isoformat() == request.GET["day"]), None)
    if asked is None:
        raise Http404
    return asked
