"""What a trial begins with, made in a process of its own: `python -m tests.rules.preparing drafts '{"drafts": 300}'`."""

import json
import sys
import uuid
from io import StringIO

import django
from django.apps import apps

if not apps.ready:  # where pytest has set it up, doing so again would silence loggers
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from submissions import operations
from submissions.models import Submission
from tests.factories import NOW, make_call, make_draft, make_organisation, make_user


def cookie_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def drafts(*, drafts, files=0):
    """So many complete drafts of one person, the first ones with a file; their numbers, edition and the cookie."""
    amina = make_user("amina")
    first = make_draft(call=make_call(), organisation=make_organisation("Harbour Light", focal_point=amina), by=amina)
    pks = [first.pk, *copies_of(first, drafts - 1)]
    for number, draft in enumerate(Submission.objects.filter(pk__in=pks[:files])):
        operations.attach(draft, SimpleUploadedFile("annex.txt", f"File {number}".encode()), by=amina, at=NOW)
    return {
        "cookie": cookie_of(amina),
        "drafts": [str(pk) for pk in pks],
        "edition": first.edition,
        "text": first.text,
        "email": amina.email,
        "call": first.call_id,
    }


def copies_of(first, how_many):
    """The same draft again, in few statements."""
    fields = [field.attname for field in Submission._meta.concrete_fields if field.attname not in ("id", "form_key")]
    same = {name: getattr(first, name) for name in fields}
    copies = Submission.objects.bulk_create(Submission(pk=uuid.uuid4(), **same) for _ in range(how_many))
    for field in Submission._meta.many_to_many:
        through, column = field.remote_field.through, field.m2m_reverse_field_name()
        for chosen in getattr(first, field.name).all():
            through.objects.bulk_create(through(**{field.m2m_field_name(): copy, column: chosen}) for copy in copies)
    return [copy.pk for copy in copies]


def sweeps(*, times):
    """The sweep of everything that is due, so many times one after the other."""
    for _ in range(times):
        call_command("sweep_due", stdout=StringIO())
    return {"times": times}


if __name__ == "__main__":
    print(json.dumps({"drafts": drafts, "sweeps": sweeps}[sys.argv[1]](**json.loads(sys.argv[2]))))  # noqa: T201
