"""The people of the tests: amina (represents), bruno (stranger), dalia (desk), ravi (reviews), elena (publishes)."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.template.response import SimpleTemplateResponse
from django.test.utils import teardown_databases
from django.utils import translation

from imrf_portal.loading import spare_what_stays
from imrf_portal.preparation import compile_translations
from tests import factories, flushing, prepared

pytest_plugins = ["tests.browser"]
flushing.install()


def pytest_sessionstart(session):
    """A new checkout has no compiled catalogues, and what is tested speaks six languages."""
    if not hasattr(session.config, "workerinput"):  # once, before xdist starts its workers
        compile_translations()


def pytest_collection_finish(session):
    spare_what_stays()  # a sixth of the time of all tests otherwise goes into looking through what stays


def pytest_sessionfinish(session):
    prepared.forget()


SAVEPOINTS = re.compile(r"(^|true\); )(SAVEPOINT|RELEASE SAVEPOINT) ")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_keepdb, django_db_createdb, django_db_blocker
):
    """Always a database of the tests' own.

    pytest-django's makes one only for tests that ask for `db` themselves; what a module's fixture loads (and flushes)
    would go to the database of DATABASE_URL when such a module runs alone.
    """
    with django_db_blocker.unblock():
        made = prepared.databases_of_tests(keepdb=django_db_keepdb and not django_db_createdb)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def store():
    """The store is made with the folder of the settings, before a test that changes them could be the first to use it.

    Once is not enough: a module that has files of its own leaves no store behind.
    """
    default_storage.exists("")


@pytest.fixture(autouse=True)
def english():
    """A test begins in English, whatever language the page before it was asked for in."""
    translation.deactivate()


@pytest.fixture
def plain_refusals(monkeypatch):
    """Of thousands of doors most are closed, and the page that says so takes longer to write than to find out."""
    monkeypatch.setattr("imrf_portal.urls.handler403", lambda request, exception: HttpResponseForbidden("No."))
    monkeypatch.setattr("imrf_portal.urls.handler404", lambda request, exception: HttpResponseNotFound("No."))


@pytest.fixture
def unwritten_pages(monkeypatch):
    """Where only who gets in is asked, some ten thousand times; that every page can be written is asked elsewhere."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture
def forum(db):
    return factories.make_forum()


@pytest.fixture
def call(forum):
    return factories.make_call(forum)


@pytest.fixture
def amina(db):
    return factories.make_user("amina")


@pytest.fixture
def bruno(db):
    return factories.make_user("bruno")


@pytest.fixture
def dalia(db):
    return factories.make_user("dalia", staff=True, roles=["accreditation", "administrator"])


@pytest.fixture
def ravi(db):
    return factories.make_user("ravi", staff=True, roles=["reviewer"])


@pytest.fixture
def elena(db):
    return factories.make_user("elena", staff=True, roles=["reviewer", "editor"])


@pytest.fixture
def organisation(forum, amina):
    return factories.make_organisation("Harbour Light", focal_point=amina)


@pytest.fixture
def other_organisation(forum, bruno):
    return factories.make_organisation("Open Desk", focal_point=bruno)


@pytest.fixture
def draft(call, organisation, amina):
    return factories.make_draft(call=call, organisation=organisation, by=amina)


@pytest.fixture
def desk_client(client):
    """A client signed in with a second factor, as `desk_client(ravi)`."""

    def sign_in(user):
        app, _new = Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "J" * 32}})
        user.refresh_from_db(fields=["session_round"])  # rights may have changed since this copy was read
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": 0, "email": user.email},
            {"method": "mfa", "at": time.time(), "type": "totp", "id": app.pk},
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def count_statements(db):
    """How many statements an act sends, as `count_statements(lambda: client.get("/en/"))`."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        # inside a test's own transaction an atomic block shows as savepoints; in a request, behind who makes the change
        return len([query for query in captured if not SAVEPOINTS.search(query["sql"])])

    return count
