"""How long a register of 6,500 rows takes: `python -m pytest tests/accreditation/test_register_importing.py -m soak -s`."""

import csv
import io
import time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accreditation.models import RegisterEntry
from accreditation.registers import importing

ROWS = 6500
GONE = 120  # of the register as it is shipped, the newer copy leaves so many out
RENAMED = 300


def newer_copy() -> bytes:
    """A copy of the shipped register of ECOSOC: each row with another status, some gone, some renamed, many new."""
    kept = list(RegisterEntry.objects.filter(register="ecosoc").order_by("name"))[GONE:]
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["name", "former_names", "country", "status", "status_as_of", "source"])
    for place, entry in enumerate(kept):
        name, former = entry.name, list(entry.former_names)
        if place < RENAMED:
            name, former = f"{entry.name} International Circle", [entry.name, *former]
        lines.writerow([name, " | ".join(former), "KEN", "special" if place % 3 else "roster", "2026", "iCSO"])
    for number in range(ROWS - len(kept)):
        lines.writerow([f"Circle of Astronomers No. {number}", "", "NPL", "special", "2026", "iCSO"])
    return out.getvalue().encode()


def timed(act):
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def bring_in_newer(content, *, by=None):
    """Seconds for reading and comparing, and for bringing in."""
    at = now()
    file = SimpleUploadedFile("ecosoc.csv", content)
    run = importing.begin(file, kind="ecosoc", as_of=at.date(), source="iCSO", by=by, at=at, claimed=True)
    reading = timed(lambda: importing.read_it(run, at=at))
    importing.bring_in(run, by=by, at=at, claimed=True)
    return run, reading, timed(lambda: importing.bring_it(run, at=at))
