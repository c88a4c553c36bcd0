"""Parts of a merge: names, addresses, the bodies it belongs to, pairs that may be twins."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accreditation.merging.parts import Line, Part
from accreditation.models import FormerAddress, Organisation, OrganisationName, Resemblance
from accreditation.names import fold
from accreditation.operations.twins import pairs_of

Use = OrganisationName.Use
MOST_STEPS = 20


class Names(Part):
    """The record that goes keeps its own rows, by which it is found; the other one gets what it does not have yet."""

    key, model, watched = "names", OrganisationName, ("name", "use", "language")

    def named(self, row):
        return f"{row.name} · {row.get_use_display()}"

    def move(self, kept, gone, *, by, at, former=False, **choices):
        known = {fold(row.name) for row in self.rows(kept)}
        languages = {kept.name_language, *(row.language for row in self.rows(kept) if row.use == Use.OFFICIAL)}
        made = []
        for row in self.rows(gone):
            if fold(row.name) in known:
                continue
            use = self._use(row, languages, former)
            copy = OrganisationName(organisation=kept, name=row.name, use=use, language=row.language)
            copy.save()
            made.append(copy.pk)
            known.add(fold(row.name))
            languages.add(row.language if use == Use.OFFICIAL else kept.name_language)
        return {"made": made}

    def _use(self, row, languages, former):
        if row.use == Use.MAIN:
            return Use.FORMER if former else Use.ALIAS
        if row.use == Use.OFFICIAL and row.language not in languages:
            return Use.OFFICIAL
        return Use.FORMER if row.use == Use.FORMER else Use.ALIAS

    def undo(self, merge, moved, *, by, at):
        OrganisationName.objects.filter(pk__in=moved["made"], organisation=merge.kept).delete()


class Addresses(Part):
    key, model = "addresses", FormerAddress

    def line(self, gone):
        slugs = [gone.slug, *self.rows(gone).values_list("slug", flat=True)]
        return Line(_("Addresses that lead on"), len(slugs), slugs)

    def move(self, kept, gone, *, by, at, **choices):
        moved = super().move(kept, gone, by=by, at=at)
        FormerAddress.objects.update_or_create(slug=gone.slug, defaults={"organisation": kept, "since": at})
        return moved

    def undo(self, merge, moved, *, by, at):
        super().undo(merge, moved, by=by, at=at)
        FormerAddress.objects.filter(slug=merge.gone.slug).delete()


class Absorbed(Part):
    """Records that went into the one that goes now, earlier."""

    key, model, column = "absorbed", Organisation, "merged_into"

    @property
    def label(self):
        return _("Records merged into it before")


class Branches(Part):
    """Bodies that are part of the one that goes; where the kept one is among them, it stands for itself from now on."""

    key, model, column = "branches", Organisation, "parent"

    @property
    def label(self):
        return _("Bodies that are part of it")

    def blocks(self, kept, gone):
        between, steps = kept.parent, 0
        while between is not None and between.pk != gone.pk and steps < MOST_STEPS:
            between, steps = between.parent, steps + 1
        if between is None or kept.parent_id == gone.pk:
            return []
        sentence = _("“%(kept)s” is part of “%(between)s”, which is part of “%(gone)s”. Change that first.")
        return [sentence % {"kept": kept, "between": kept.parent, "gone": gone}]

    def move(self, kept, gone, *, by, at, **choices):
        inside = kept.parent_id == gone.pk
        if inside:
            Organisation.objects.filter(pk=kept.pk).update(parent=None)
        return {**super().move(kept, gone, by=by, at=at), "inside": inside}

    def undo(self, merge, moved, *, by, at):
        super().undo(merge, moved, by=by, at=at)
        if moved["inside"]:
            Organisation.objects.filter(pk=merge.kept_id, parent=None).update(parent=merge.gone)


class Networks(Part):
    """Networks that the record belongs to, and bodies that belong to it as a network."""

    key, model = "networks", Organisation.networks.through
    SIDES = (("from_organisation", "to_organisation"), ("to_organisation", "from_organisation"))

    @property
    def label(self):
        return _("Networks it belongs to, and their members")

    def rows(self, organisation):
        either = Q(from_organisation=organisation) | Q(to_organisation=organisation)
        return self.model.objects.filter(either).select_related("from_organisation", "to_organisation").order_by("pk")

    def named(self, row):
        return f"{row.from_organisation} → {row.to_organisation}"

    def move(self, kept, gone, *, by, at, **choices):
        """Ties that the kept record has already, and ties between the two, stay where they are and show nowhere."""
        made = []
        for column, other in self.SIDES:
            for tie in self.model.objects.filter(**{column: gone}).exclude(**{other: kept}):
                ends = {f"{column}_id": kept.pk, f"{other}_id": getattr(tie, f"{other}_id")}
                copy, new = self.model.objects.get_or_create(**ends)
                made += [copy.pk] if new else []
        held = self.rows(gone).values_list("from_organisation_id", "to_organisation_id")
        dropped = [list(pair) for pair in held]
        self.rows(gone).delete()
        return {"made": made, "dropped": dropped}

    def undo(self, merge, moved, *, by, at):
        self.model.objects.filter(pk__in=moved["made"]).delete()
        for start, end in moved["dropped"]:
            self.model.objects.get_or_create(from_organisation_id=start, to_organisation_id=end)


class Twins(Part):
    """Pairs that the desk was to look at: this one is settled, those with a third record go on with the kept one."""

    key, model = "twins", Resemblance

    def line(self, gone):
        return Line(self.label, 0)

    def seen(self, organisation):
        return []

    def move(self, kept, gone, *, by, at, **choices):
        Verdict = Resemblance.Verdict
        pair = Q(organisation=kept, other=gone) | Q(organisation=gone, other=kept)
        settled = list(Resemblance.objects.filter(pair).exclude(verdict=Verdict.SAME).values_list("pk", "verdict"))
        Resemblance.objects.filter(pair).update(verdict=Verdict.SAME, settled_at=at, settled_by=by)
        known = {kept.pk, *pairs_of(kept)}
        moved = {"organisation": [], "other": []}
        for row in Resemblance.objects.filter(Q(organisation=gone) | Q(other=gone), verdict=Verdict.OPEN):
            later = row.organisation_id == gone.pk
            column, third = ("organisation", row.other_id) if later else ("other", row.organisation_id)
            if third not in known:
                Resemblance.objects.filter(pk=row.pk).update(**{column: kept})
                moved[column].append(row.pk)
                known.add(third)
        return {"settled": settled, **moved}

    def undo(self, merge, moved, *, by, at):
        for key, verdict in moved["settled"]:
            back = {"settled_at": None, "settled_by": None} if verdict == Resemblance.Verdict.OPEN else {}
            Resemblance.objects.filter(pk=key).update(verdict=verdict, **back)
        for column in ("organisation", "other"):
            Resemblance.objects.filter(pk__in=moved[column], **{column: merge.kept}).update(**{column: merge.gone})
