"""Words of every column that is not public are found by nobody who should not read them: on pages, in files, feeds, caches."""

import pytest
from django.core.cache import caches

from tests.leaks.crawling import Walk
from tests.leaks.planting import Planted
from tests.leaks.shown import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_bootstrap():
    import time
    from collections import defaultdict

    t = time.time()
    planted = Planted().plant(PUBLIC)
    print("planted", len(planted.columns), "bare", planted.bare, time.time() - t)
    caches["pages"].clear()
    walk = Walk().everything(planted.columns)
    print("seen", len(walk.seen), "broken", walk.broken[:20], time.time() - t)
    by = defaultdict(list)
    for path, said in walk.seen.items():
        for column in planted.found_in(said):
            by[column].append(path)
    for column, paths in sorted(by.items()):
        print(column, len(paths), paths[:3])
    from collections import Counter

    print(
        Counter(path.split("?")[0].split("/")[2:3][0] if path.count("/") > 1 else path for path in walk.seen).most_common(40)
    )
