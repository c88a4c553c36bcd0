import pytest

from accreditation.models import Accreditation
from tests.factories import NOW, make_organisation, make_published, make_standing, make_submission

pytestmark = pytest.mark.django_db


def page_of(client, organisation):
    return client.get(f"/en/organisations/{organisation.slug}/")


def test_an_organisation_with_a_published_input_shows_it(client, forum):
    organisation = make_organisation("Harbour Light", acronym="HL", website="https://harbour.example/")
    organisation.names.create(language="fr", name="Lumière du Port", use="official")
    published = make_published(organisation=organisation)
    page = page_of(client, organisation).content.decode()
    assert published.title in page
    assert '<a href="https://harbour.example/" rel="nofollow noopener external">' in page
    assert '<bdi lang="fr">Lumière du Port</bdi> <span class="meta">(French)</span>' in page
    assert "No standing recorded" in page


def test_a_recorded_standing_is_shown_with_who_decided(client, forum):
    organisation = make_organisation()
    make_standing(organisation, forum)
    page = page_of(client, organisation).content.decode()
    assert "decided by <bdi>DESA</bdi>" in page
    assert "No input of this organisation is published yet." in page


@pytest.mark.parametrize("status", ["draft", "submitted", "screening", "put_forward", "not_accredited", "withdrawn"])
def test_a_claim_alone_is_nobodys_business(client, forum, status):
    organisation = make_organisation("Quiet body")
    Accreditation.objects.create(organisation=organisation, forum=forum, basis_id="ecosoc", status=status, begun_at=NOW)
    make_submission(status="accepted", organisation=organisation, by=None)
    missing = client.get("/en/organisations/no-such-body/")
    answer = page_of(client, organisation)
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert answer.content.decode().replace(organisation.slug, "X") == missing.content.decode().replace("no-such-body", "X")


def test_a_claim_is_not_shown_beside_a_published_input(client, forum):
    organisation = make_organisation()
    make_published(organisation=organisation)
    Accreditation.objects.create(organisation=organisation, forum=forum, basis_id="ecosoc", status="submitted", begun_at=NOW)
    page = page_of(client, organisation).content.decode()
    assert "No standing recorded" in page
    assert "ecosoc" not in page
