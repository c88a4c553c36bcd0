"""Names as rows, a key for every accreditation; separate, so that the schema is never changed under pending triggers."""

import uuid

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    """Give every accreditation its key, every organisation and entry the rows of its names, every basis its English words."""
    from accreditation.names import fold, skeleton

    def spelt(name):
        return {"name": name, "folded": fold(name), "skeleton": skeleton(name)}

    def get(name):
        return apps.get_model("accreditation", name)

    for accreditation in get("Accreditation").objects.iterator():
        get("Accreditation").objects.filter(pk=accreditation.pk).update(key=uuid.uuid4())
    rows, OrganisationName, known = [], get("OrganisationName"), dict(settings.LANGUAGES)
    for each in get("Organisation").objects.iterator():
        rows.append(OrganisationName(organisation=each, use="main", language=each.name_language, **spelt(each.name)))
        if each.acronym:
            rows.append(OrganisationName(organisation=each, use="acronym", language=each.name_language, **spelt(each.acronym)))
        for language, name in each.aliases.items():
            if name and language in known and language != each.name_language:
                rows.append(OrganisationName(organisation=each, use="official", language=language, **spelt(name)))
            elif name:
                rows.append(OrganisationName(organisation=each, use="alias", language="", **spelt(name)))
    OrganisationName.objects.bulk_create(rows, batch_size=1000)
    rows, RegisterName = [], get("RegisterName")
    for entry in get("RegisterEntry").objects.iterator():
        named = [("main", entry.name), ("acronym", entry.acronym), *(("former", name) for name in entry.former_names)]
        rows += [RegisterName(entry=entry, use=use, **spelt(name)) for use, name in named if name]
    RegisterName.objects.bulk_create(rows, batch_size=1000)
    for basis in get("Basis").objects.iterator():
        get("Basis").objects.filter(pk=basis.pk).update(decided_by_en=basis.decided_by, evidence_en=basis.evidence)


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0003_who_takes_part")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
