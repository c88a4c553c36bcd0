"""A person who left a word of their own in every place that can hold one; where these words still are."""

import io
import zipfile
from base64 import b64decode
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from redis.exceptions import ResponseError

from accreditation.models import Reading, Registration, SpeakingRequest, SupportRequest, User
from accreditation.personal import archives
from accreditation.sealed_files import SealedFiles
from forums.models import Follower, Letter, SecondLanguage, StoppedMail
from forums.operations import write
from submissions.models import Note, Review
from tests.accreditation.participation import make_participant, make_speaking_session
from tests.factories import NOW, join, make_draft, make_submission, make_user
from tests.tampering import unmade

WORDS = [f"zqcanary{number:02d}x" for number in range(1, 25)]
NAME = f"{WORDS[0].title()} {WORDS[1].title()}"
EMAIL, SECOND, FORMER = (f"{word}@example.org" for word in WORDS[2:5])


def plant(desk):
    """The person with everything about them; words 1 to 24 stand somewhere each."""
    person = make_user("canary")
    User.objects.filter(pk=person.pk).update(email=FORMER)  # the history has the address they had before
    User.objects.filter(pk=person.pk).update(email=EMAIL, name=NAME)
    person.refresh_from_db()
    person.emailaddress_set.update(email=EMAIL)
    person.emailaddress_set.create(email=SECOND, verified=True)
    colleague = make_user("colleague")
    standing = make_participant(name="Harbour Light", by=colleague)
    membership = join(standing.organisation, person, "alternate", message=WORDS[5])
    _take_part(person, standing, desk)
    _write(person, standing, desk)
    _leave_traces(person, desk)
    _ask_for_everything(person)
    return person, membership


def _take_part(person, standing, desk):
    by = {"registered_by": standing.speaker_account, "registered_at": NOW}
    Registration.objects.create(
        accreditation=standing, event="forum", name=NAME, function=WORDS[6], email=SECOND, access_needs=WORDS[7], **by
    )
    asked = {"requested_by": standing.speaker_account, "requested_at": NOW}
    SpeakingRequest.objects.create(
        session=make_speaking_session(standing.forum),
        accreditation=standing,
        speaker=NAME,
        function=WORDS[8],
        access_needs=WORDS[9],
        topic=f"{NAME} tells of nine missions.",
        language="en",
        **asked,
    )
    SupportRequest.objects.create(
        forum=standing.forum,
        organisation=standing.organisation,
        person=NAME,
        country_id="NPL",
        needs=["travel"],
        words=WORDS[10],
        **asked,
    )
    standing.organisation.invitations.create(
        email=FORMER, role="drafter", fingerprint="f" * 64, by=desk, at=NOW, expires_at=NOW + timedelta(days=9)
    )


def _write(person, standing, desk):
    """Notes of others that name the person, and a draft whose bytes the sweep has not looked at."""
    submission = make_submission(organisation=standing.organisation, by=person, contact_email=EMAIL)
    unmade(submission.steps.all())
    submission.steps.create(was="draft", became="submitted", by=person, at=NOW, note=f"Called {NAME} at {EMAIL}.")
    Note.objects.create(submission=submission, by=desk, at=NOW, text=f"{NAME.upper()} is on leave.")
    Review.objects.create(
        submission=submission, version=submission.versions.get(), reviewer=desk, remarks=f"Ask {SECOND}", saved_at=NOW
    )
    make_draft(call=submission.call, organisation=standing.organisation, by=person, contact_email=SECOND)
    standing.enquiries.create(question=f"Is {NAME} still there?", asked_by=desk, asked_at=NOW, answered_at=NOW)
    alone = make_participant(name="One Person", by=person)
    alone.move("withdrawn", by=person, at=NOW)
    file = alone.files.model(accreditation=alone, name=f"{NAME} passport.txt", size=9, media_type="text/plain")
    file.added_at, file.added_by, file.verdict, file.sha256 = NOW, person, "clean", sha256(b"x").hexdigest()
    file.file.save("x.txt", ContentFile(WORDS[11].encode()), save=False)
    file.save()


def _leave_traces(person, desk):
    about = {"person": person, "archive": None, "last_day": WORDS[12]}
    write("accreditation/archive_ready", to=EMAIL, language="en", about=about, key=f"milestone:1:{EMAIL}", at=NOW)
    Letter.objects.update(sent_at=NOW, tries=1, last_error=f"550 no such user {WORDS[13]}")
    waiting = write("accreditation/archive_ready", to=SECOND, language="en", about=about, key="waits", at=NOW)
    waiting.former_words.create(subject=WORDS[14], text=WORDS[14], by=desk, at=NOW)
    others = write(
        "accreditation/archive_ready", to="colleague@example.org", language="en", about=about, key="other", at=NOW
    )
    Letter.objects.filter(pk=others.pk).update(text=f"{NAME} has left.", html=f"<p>{NAME} has left.</p>", subject=NAME)
    Follower.objects.create(email=EMAIL, asked_at=NOW, key=WORDS[15])
    StoppedMail.objects.create(email=SECOND, topic="calendar", at=NOW)
    SecondLanguage.objects.create(email=EMAIL, language="fr")
    Reading.objects.create(what="person", of=str(person.pk), label=NAME, by=desk, at=NOW, reason=f"{NAME} asked for help")
    LogEntry.objects.create(
        user=desk,
        content_type=ContentType.objects.get_for_model(User),
        object_id=person.pk,
        object_repr=NAME,
        action_flag=2,
        change_message=f"[{{'name': '{NAME}', 'email': '{EMAIL}'}}]",
    )
    Authenticator.objects.create(user=person, type="totp", data={"secret": WORDS[16]})
    account = SocialAccount.objects.create(user=person, provider="unite", uid=WORDS[17], extra_data={"name": WORDS[18]})
    account.socialtoken_set.create(token=WORDS[19], token_secret=WORDS[20])
    for kept in ({"_auth_user_id": str(person.pk), "typed": WORDS[21]}, {"typed_before_signing_in": EMAIL + WORDS[22]}):
        session = SessionStore()
        session.update(kept)
        session.save()


def _ask_for_everything(person):
    """The archive holds all of it; a second one was never made."""
    archives.ask_archive(person, at=NOW)
    archives.make_archives(at=NOW)
    person.archives.create(asked_at=NOW, trouble=WORDS[23])


# Where they still are ------------------------------------------------------------------------------------------------


def found_in_database() -> dict:
    """Word -> tables and columns of any kind in which it stands, read from PostgreSQL's own catalogue."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
            " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND data_type NOT IN ('integer', 'bigint', 'smallint', 'boolean', 'date', 'timestamp with time zone', 'uuid')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            for (value,) in cursor.fetchall():
                for word in words_in(readable(table, value)):
                    found.setdefault(word, set()).add(f"{table}.{column}")
    return found


def readable(table, value) -> str:
    """What is packed is opened: sessions, and what the cache keeps in the database."""
    if table == "django_session":
        with suppress(Exception):
            return value + str(SessionStore().decode(value))
    if table == settings.CACHES["default"]["LOCATION"]:
        with suppress(Exception):
            return value + b64decode(value).decode("latin-1")
    return value


def found_in_files(folder="") -> dict:
    """Word -> files that hold it, in their name, their bytes, or, of an archive, in its members."""
    folders, files = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
    found = {}
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        for word in words_in(name + _content(path)):
            found.setdefault(word, set()).add(path)
    for each in folders:
        for word, paths in found_in_files(f"{folder}/{each}".lstrip("/")).items():
            found.setdefault(word, set()).update(paths)
    return found


def _content(path) -> str:
    store = SealedFiles() if path.startswith("evidence/") else default_storage
    with store.open(path, "rb") as stream:
        content = stream.read()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(each + archive.read(each).decode("utf-8", "replace") for each in archive.namelist())


def found_in_caches() -> dict:
    """Word -> keys of the server of the shared cache of pages, and of all else it keeps; the other cache is a table."""
    server = caches["pages"]._cache.get_client()
    return {word: {str(key)} for key in server.scan_iter() for word in words_in(f"{key}{held(server, key)}")}


def held(server, key):
    """What is kept under a key, whatever kind of thing it is; others work beside this test, so it may just have gone."""
    read = {
        b"string": server.get,
        b"list": lambda key: server.lrange(key, 0, -1),
        b"hash": server.hgetall,
        b"set": server.smembers,
        b"zset": lambda key: server.zrange(key, 0, -1),
        b"none": lambda key: "",
    }
    with suppress(ResponseError):
        return read[server.type(key)](key)


def words_in(text) -> set:
    low = str(text).lower()
    return {word for word in WORDS if word in low}
