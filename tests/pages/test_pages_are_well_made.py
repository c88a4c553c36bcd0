"""Every kind of page is valid HTML, has what it must, and nothing that it must not; in English and Arabic.

A page that is looked at in a browser is read there, in the files about accessibility, so that it is made only once; here
a few are read, and all where no browser is installed.
"""

import pytest
from django.test import Client

from tests.browser import CHROMIUM, prove_second_factor
from tests.pages.every import EVERY, LANGUAGES, WITH_SECOND_FACTOR
from tests.pages.well_made import INLINE, check_page, faults_of, tree_and_errors_of, tree_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def answer_to(page, language):
    """The page as the server gives it, through Django's own client."""
    address, who = page.at(language)
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(who)
    if page in WITH_SECOND_FACTOR:
        prove_second_factor(client, who)
    answer = client.get(address)
    assert answer.status_code == page.status
    return answer


def check(page, language):
    answer = answer_to(page, language)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.cookies:
        headers["set-cookie"] = answer.cookies.output()
    check_page(page, language, answer.getvalue(), headers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", EVERY[::40] if CHROMIUM else EVERY, ids=str)
def test_a_page_is_well_made(page, language):
    check(page, language)


def test_control_a_fault_of_each_kind_is_found():
    bad = b"<!doctype html><html lang='en'><title></title><h1>a</h1><h1 id=x>b</h1><p id=x><label for=y>c</label><input></p>"
    assert faults_of(tree_of(bad), "ar") == [
        "html says lang=en dir=None",
        "2 elements have the id 'x'",
        "2 h1",
        "no title",
        "for names no element: y",
        "no label: {}",
    ]
    assert len(INLINE.findall(b"<p style='a'><a onclick='b'><script>c</script><style>")) == 4
    _tree, errors = tree_and_errors_of(b"<!doctype html><title>a</title><p><div></p></div>")
    assert errors != []
