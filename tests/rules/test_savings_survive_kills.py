"""Promise 3: what the page called saved is there, whatever happens to the web process.

Each writer types on, word by word, as the script of the edit page does: each saving carries the whole text. Where the
connection breaks, the browser is taken for crashed: it opens the page anew and goes on from what the portal gives back,
so that a word which was called saved and is missing there stays missing, and is seen.
"""

import json
from contextlib import suppress

import pytest

from tests.rules.asking import CUT, ask, hidden, pause, written
from tests.rules.striking import Progress, strike_while

WRITERS = 4
ROUNDS = 3000


class Writer:
    """One draft and whoever writes it; `saved` are the words that the portal called saved, `missed` those it forgot."""

    def __init__(self, port, cookie, pk):
        self.port, self.cookie, self.path = port, cookie, f"/en/my/inputs/{pk}"
        self.saved, self.missed = [], []
        self.open_anew()

    def open_anew(self):
        """The page as it stands, asked until it comes."""
        for _ in range(ROUNDS):
            with suppress(*CUT):
                status, _headers, page = ask(self.port, "GET", f"{self.path}/edit/", self.cookie)
                if status == 200:
                    self.text, self.edition = written(page, "text"), int(hidden(page, "edition"))
                    self.missed += sorted(set(self.saved) - set(self.text.split()) - set(self.missed))
                    return
            pause(0.05)
        raise AssertionError("the page did not come back")

    def type(self, word):
        """Save until the portal says that this word is saved, or the page that is opened anew has it."""
        for _ in range(ROUNDS):
            text = f"{self.text} {word}"
            with suppress(*CUT):
                form = {"edition": self.edition, "text": text, "title": "Typed on", "level": "national", "language": "en"}
                status, _headers, said = ask(
                    self.port, "POST", f"{self.path}/autosave/", self.cookie, form, Accept="application/json"
                )
                if status == 200 and json.loads(said)["saved"]:
                    self.text, self.edition = text, json.loads(said)["edition"]
                    self.saved.append(word)
                    return
            pause(0.05)
            self.open_anew()
            if word in self.text.split():
                return  # it was stored, but nobody was told
        raise AssertionError("it could not be saved")


def trial(private, savings, kills, workers=2, **more):
    """So many savings under so many kills of the web process: the writers, closed, after a last look at each page."""
    portal = private(**more)
    ready = portal.prepare("drafts", drafts=WRITERS)
    port = portal.start_web(workers=workers)
    portal.wait_for_web()
    writers = [Writer(port, ready["cookie"], pk) for pk in ready["drafts"]]
    progress = Progress(savings)

    def write(writer):
        for number in range(savings // WRITERS):
            progress.wait_for_turn()
            writer.type(f"w{number}")
            progress.acknowledge(number)

    strike_while(write, writers, portal, ["web"] * kills, progress)
    for writer in writers:
        writer.open_anew()
    return portal, writers, len(progress.log)


def check(private, savings, kills):
    portal, writers, done = trial(private, savings, kills)
    saved = sum(len(writer.saved) for writer in writers)
    print(f"\n{done} savings, {saved} called saved, {len(portal.killed)} kills of the web process")  # noqa: T201
    assert len(portal.killed) == kills
    assert [writer.missed for writer in writers] == [[]] * WRITERS
    stored = dict(portal.rows("SELECT id::text, text FROM submissions_submission"))
    words = [f"w{number}" for number in range(savings // WRITERS)]
    for writer in writers:
        text = stored[writer.path.rpartition("/")[2]]
        assert [word for word in text.split() if word.startswith("w") and word[1:].isdigit()] == words  # each once, in order
    assert portal.broken_rules() == {}


def test_no_word_that_was_called_saved_is_missing(private):
    """A share of the thousand, and twice the savings within which the control loses words; a kill costs most of the time."""
    check(private, savings=80, kills=4)


@pytest.mark.soak
@pytest.mark.parametrize(("savings", "kills"), [(1000, 20), (5000, 200)])
def test_thousands_of_savings_under_many_kills(private, savings, kills):
    check(private, savings, kills)


def test_control_a_portal_that_saves_in_its_memory_loses_words(private):
    _portal, writers, _done = trial(private, 40, 3, workers=1, SABOTAGE="saved_in_memory")
    assert [word for writer in writers for word in writer.missed]
