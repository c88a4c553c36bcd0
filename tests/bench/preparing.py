"""What the benchmark asks for, made in a process of its own: `python -m tests.bench.preparing 2000` prints it as JSON."""

import base64
import json
import re
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from accreditation.models import Membership, User
from forums.keyset import _plain
from forums.models import Call, Forum
from imrf_portal.demo.convening import SLUG
from submissions.models import PublishedInput, Submission
from submissions.search.analysis import CONFIGURATIONS, prepared
from tests.bench.growing import grow
from tests.factories import make_user

FIRST = 2000


def cookie_of(user, second_factor=False):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if second_factor:
        app, _new = Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "J" * 32}})
        session["account_authentication_methods"] = [
            {"method": "password", "at": 0, "email": user.email},
            {"method": "mfa", "at": time.time(), "type": "totp", "id": app.pk},
        ]
        session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def people():
    """Three who review and one who does all the desk does with inputs."""
    names = [("bench", ["reviewer", "editor"]), *((f"reader{n}", ["reviewer"]) for n in range(3))]
    return [User.objects.filter(email=f"{name}@example.org").first() or make_user(name, staff=True, roles=roles)
            for name, roles in names]  # fmt: skip


def _is_looked_for(word, language):
    """Whether the search of that language has it at all: “before” and “their” are in every text, and asked for in none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(plainto_tsquery(%s, %s))", [CONFIGURATIONS[language], prepared(word, language)])
        return cursor.fetchone()[0] > 0


def words_of(language):
    """The most frequent longer word of a language, one of the middle, and four words that follow each other in a title."""
    texts = PublishedInput.objects.filter(language=language, taken_down_at=None).order_by("pk")[:300]
    texts = list(texts.values_list("version__content__text", "title"))
    signs = r"[\u4e00-\u9fff]{2}" if language == "zh-hans" else r"[^\W\d_]{5,}"
    counted = Counter(word for text, _title in texts for word in set(re.findall(signs, text.lower())))
    common = [word for word, _count in counted.most_common(90) if _is_looked_for(word, language)]
    body = max((text for text, _title in texts), key=len).replace("\n", " ").replace("*", "").replace("#", "")
    run = re.search(r"[\u4e00-\u9fff]{6}", body)[0] if language == "zh-hans" else " ".join(body.split()[20:23])
    return {"common": common[0], "medium": common[50], "phrase": f'"{run.strip(",.;:")}"'}


def last_cursor():
    """By which the API is asked for its last fifty."""
    rows = PublishedInput.objects.visible(now()).order_by("visible_at", "pk")[50:51]
    values = [_plain(value) for value in rows.values_list("visible_at", "pk").get()]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


SESSIONS, DAYS = 2000, 40


def long_programme(forum):
    """A release of so many sessions, copies of those of the demonstration; returns the address of one of its days."""
    latest = forum.releases.order_by("-number").first()
    if len(latest.sessions) < SESSIONS:
        first, sessions = datetime.fromisoformat(latest.sessions[0]["starts_at"]), []
        for number in range(SESSIONS):
            copy = dict(latest.sessions[number % len(latest.sessions)], id=1_000_000 + number, slug=f"session-{number}")
            begins = first + timedelta(days=number % DAYS, minutes=number // DAYS)
            sessions.append({**copy, "starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()})
        sessions.sort(key=lambda one: one["starts_at"])
        latest = forum.releases.create(number=latest.number + 1, sessions=sessions, released_at=now())
    return f"/en/forums/{forum.slug}/programme/?day={latest.sessions[0]['starts_at'][:10]}"


def asked_for(bench):
    speaker = Membership.objects.filter(user__email="amina@demo.example", until=None).first()
    call = Call.objects.get(forum__slug=SLUG, slug="stakeholder-inputs")
    seen = PublishedInput.objects.visible(now()).order_by("-pk")
    waiting = Submission.objects.visible_to(bench).filter(status="under_review", call=call).order_by("-received_at")
    return {
        "programme": long_programme(call.forum),
        "inputs": list(seen.values_list("reference", flat=True)[:200]),
        "organisations": sorted(set(seen.values_list("organisation_slug", flat=True)[:500]))[:20],
        "review": [str(key) for key in waiting.values_list("pk", flat=True)[:20]],
        "cursor": last_cursor(),
        "words": {code: words_of(code) for code in ("en", "ar", "fr", "zh-hans")},
        "desk": cookie_of(bench, second_factor=True),
        "speaker": cookie_of(speaker.user),
        "organisation": speaker.organisation_id,
        "start": f"/en/my/inputs/new/{SLUG}/{call.slug}/",
        "published": PublishedInput.objects.filter(taken_down_at=None).count(),
        "waiting": Submission.objects.exclude(status__in=["draft", "published"]).count(),
    }


if __name__ == "__main__":
    size, began = int(sys.argv[1]), time.monotonic()
    if not Call.objects.filter(forum__slug=SLUG).exists():
        call_command("load_reference", stdout=StringIO())
        call_command("seed_demo", size=FIRST, stdout=StringIO())
    desk = people()
    grow(Forum.objects.get(slug=SLUG), size, [user.pk for user in desk])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps({**asked_for(desk[0]), "seconds": time.monotonic() - began}))  # noqa: T201
