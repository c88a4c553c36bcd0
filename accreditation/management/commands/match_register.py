"""The likeliest entries of a register for a name."""

import json

from django.core.management.base import BaseCommand, CommandError

from accreditation.models import Register
from accreditation.registers.matching import match


class Command(BaseCommand):
    help = "Prints the entries of the registers called like NAME, likeliest first. A match is never a decision."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--kind", choices=Register.Kind.values, help="Ask this register only.")
        parser.add_argument("--country", help="ISO alpha-3 code; entries of other countries count a little less.")
        parser.add_argument("--most", type=int, default=5)
        parser.add_argument("--json", action="store_true")

    def handle(self, name, *, kind, country, most, **options):
        if not name.strip():
            raise CommandError("Say a name to look for.")
        if not Register.objects.exists():
            raise CommandError("No register is loaded. Run manage.py load_reference.")
        found = match(name, kind=kind, country=country, most=most)
        if options["json"]:
            self.stdout.write(json.dumps([self._row(each) for each in found], ensure_ascii=False, indent=1))
            return
        for each in found:
            entry = each.thing
            status = " · ".join(filter(None, [entry.status, entry.status_as_of, entry.gone_on and f"gone {entry.gone_on}"]))
            self.stdout.write(
                f"{each.score:.2f}  {entry.name}  [{entry.register_id}] {status}\n      {each.why}: {each.name}"
            )
        self.stdout.write("A match is never a decision." if found else "Nothing is called like that.")

    @staticmethod
    def _row(found):
        entry = found.thing
        return {
            "register": entry.register_id,
            "name": entry.name,
            "matched": found.name,
            "score": found.score,
            "reason": found.reason,
            "confident": found.is_confident,
            "status": entry.status,
            "status_as_of": entry.status_as_of,
            "country": entry.country_id,
            "gone_on": entry.gone_on and entry.gone_on.isoformat(),
            "register_as_of": entry.register.as_of.isoformat(),
        }
