"""Erases a person: by their address, with an account or without."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from accreditation.personal.closing import left_alone
from accreditation.personal.erasing import against_erasing, erase, find, was_erased
from accreditation.personal.previewing import preview
from forums.refusals import Refused


class Command(BaseCommand):
    help = "Erases everything that names a person, keeps the published record, and says what was done. Cannot be undone."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and change nothing.")
        parser.add_argument("--no-letter", action="store_true", help="Write no last letter to the address.")

    def handle(self, email, *, dry_run, no_letter, **options):
        who, at = find(email), now()
        found = preview(who)
        if not found.lines:
            known = "This address was erased before." if was_erased(email) else "Nothing is kept about this address."
            raise CommandError(known)
        for sentence in against_erasing(who):
            raise CommandError(str(sentence))
        self._say(found)
        for organisation in left_alone(who.user, at) if who.user else ():
            self.stdout.write(f"Nobody else speaks for {organisation.name}: hand it over at the desk.")
        if dry_run:
            self.stdout.write("Nothing was changed.")
            return
        try:
            erasure = erase(who, by=None, at=at, letter=not no_letter)
        except Refused as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"Erased; {sum(erasure.report.values())} rows changed. The trace is erasure {erasure.pk}.")

    def _say(self, found):
        for title, lines, number in (
            ("Erased", found.erased, "erased"),
            ("Stays without name and address", found.stripped, "stripped"),
            ("Stays", found.kept, "kept"),
        ):
            self.stdout.write(f"{title}:")
            for line in lines:
                why = f"  ({' '.join(line.reasons)})" if number == "kept" and line.reasons else ""
                self.stdout.write(f"  {getattr(line, number):5}  {line.name}{why}")
