"""axe finds nothing on any kind of page of the desk: in English and Arabic, wide and narrow.

Each is read as HTML, too (well_made.py), does not scroll sideways in the narrowest window, and breaks no rule of the policy.
Of three weeks each page is looked at in the first in one of the two ways and in the second in the other.
"""

import pytest

from tests.pages.every import DESK
from tests.pages.reachable import check_from_right_to_left_in_the_narrowest_window, check_in_a_wide_window
from tests.pages.turns import in_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize("page", in_turn(DESK, 3), ids=str)
def test_a_page_is_reachable_in_a_wide_window(window, page):
    check_in_a_wide_window(window, page)


@pytest.mark.parametrize("page", in_turn(DESK, 3, later=1), ids=str)
def test_a_page_is_reachable_from_right_to_left_in_the_narrowest_window(window, page):
    check_from_right_to_left_in_the_narrowest_window(window, page)
