"""The pages of inputs received otherwise and of what is one's own, in a real browser: wide, narrow, from right to left."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from submissions import operations
from submissions.models import Clarification
from submissions.on_behalf import batches
from tests.browser import NARROW, WIDE, scrolls_sideways, violations
from tests.factories import join, make_call, make_draft, make_forum, make_organisation, make_submission, make_user
from tests.processes import until
from tests.submissions.recordings import make_batch, make_recording, recorded, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shown(transactional_db):
    """Somebody with everything that these pages can show, and a clerk of the desk."""
    forum = make_forum()
    amina, clerk = make_user("amina"), make_user("clara", staff=True, roles=["editor"])
    organisation, call = make_organisation("Harbour Light", focal_point=amina), make_call(forum)
    make_call(forum, name="Inputs to the round tables", audience="accredited")
    make_draft(call=call, organisation=organisation, by=amina, title="", at=now())
    own = {"call": call, "organisation": organisation, "by": amina, "at": now()}
    make_submission(status="published", reviewer=clerk, **own)
    asked = make_submission(status="clarification_asked", reviewer=clerk, **own)
    Clarification.objects.update(part="text")
    told = recorded(make_recording(call=call, by=clerk, letter_to="guild@example.org"), by=clerk, at=now())
    staged = make_recording(call=call, by=clerk, organisation=organisation)
    rows = [row("a", "Harbor Lights"), row("b"), row("c", level="galactic"), row("d", objectives="")]
    batch = make_batch(*rows, call=call, by=clerk, at=now())
    batches.work_on_batches(at=now())
    return {"amina": amina, "clerk": clerk, "asked": asked, "told": told, "staged": staged, "batch": batch}


def own_pages(shown, language):
    with override(language):
        names = {"my page": "my", "receipts": "submissions:my_receipts", "archives": "submissions:my_archives"}
        yield from ((name, reverse(view)) for name, view in names.items())
        yield "question", shown["asked"].get_absolute_url()
        yield "status", reverse("submissions:public_status", args=[shown["told"].code])


def desk_pages(shown):
    yield "type", "/admin/submissions/recording/add/"
    yield "check", f"/admin/submissions/recording/{shown['staged'].pk}/change/"
    yield "recorded", f"/admin/submissions/recording/{shown['told'].pk}/change/"
    yield "list", "/admin/submissions/recording/"
    yield "send", "/admin/submissions/recordingbatch/add/"
    yield "report", f"/admin/submissions/recordingbatch/{shown['batch'].pk}/change/?tab=open"
    yield "report, wrong", f"/admin/submissions/recordingbatch/{shown['batch'].pk}/change/?tab=wrong"


@pytest.mark.soak  # each of these pages is looked at in the demonstration, too
@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("ar", NARROW)])
def test_ones_own_pages_are_well_made(visitor, shown, language, width):
    somebody = visitor(language=language, width=width).enter(shown["amina"])
    for name, address in own_pages(shown, language):
        somebody.go(address)
        for summary in somebody.page.locator("main details > summary").all():
            summary.click()
        somebody.picture(f"{name}-{language}")
        assert scrolls_sideways(somebody.page) == "", name
        assert violations(somebody.page) == "", name


@pytest.mark.soak  # and these
@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("ar", NARROW)])
def test_the_pages_of_the_desk_are_well_made(visitor, shown, language, width):
    clerk = visitor(language=language, width=width).enter(shown["clerk"], second_factor=True)
    for name, address in desk_pages(shown):
        clerk.go(f"{address}{'&' if '?' in address else '?'}lang={language}")
        clerk.picture(f"desk-{name}-{language}")
        assert scrolls_sideways(clerk.page) == "", name
        ours = [line for line in violations(clerk.page).splitlines() if "select2" not in line]  # Django's own
        assert ours == [], name


def test_an_answer_is_saved_while_it_is_typed(visitor, shown):
    amina = visitor().enter(shown["amina"])
    amina.go(shown["asked"].get_absolute_url())
    amina.page.fill("#id_answer", "We mean the year 2024.")
    assert until(lambda: Clarification.objects.get().answer == "We mean the year 2024.")
    amina.page.click("button[name=send]")
    amina.page.wait_for_url("**/my/inputs/**")
    assert until(lambda: shown["asked"].steps.last().note == "We mean the year 2024.")
    assert operations.open_question(type(shown["asked"]).objects.get(pk=shown["asked"].pk)) is None


def test_an_organisation_is_picked_by_typing_part_of_its_name(visitor, shown):
    join(make_organisation("Lantern House"), shown["amina"])
    clerk = visitor().enter(shown["clerk"], second_factor=True)
    clerk.go("/admin/submissions/recording/add/?lang=en")
    clerk.page.click(".select2-selection")
    clerk.page.fill(".select2-search__field", "Lanter")
    clerk.page.click(".select2-results__option:has-text('Lantern House')")
    assert clerk.page.locator("#id_organisation option:checked").inner_text() == "Lantern House"
