from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate

from imrf_portal.late_modules import load_api_framework, load_late

load_late()
PREPARED = ("prepare kept_", "execute kept_", "set local plan_cache_mode")  # questions of forums/prepared.py


def make_desk_roles(sender, using, apps=installed, **rest):
    """After a migrate that reached the upper floor, give the groups of the desk their permissions."""
    from accreditation.desk_roles import make_desk_roles as make

    try:
        for app, model in (("auth", "Group"), ("submissions", "Submission")):
            apps.get_model(app, model)
    except LookupError:  # a migrate of some apps only
        return
    make(using=using)


def install_audit(sender, using, apps=installed, **rest):
    """After a migrate that reached the audit and the upper floor, put its triggers where they are missing."""
    from accreditation.audit.installing import install

    try:
        for app, model in (("accreditation", "AuditEntry"), ("submissions", "Submission")):
            apps.get_model(app, model)
    except LookupError:
        return
    install(using=using)


class PortalConfig(AppConfig):
    name = "imrf_portal"
    verbose_name = "IMRF inputs portal"

    def import_models(self):
        """Before the models of our apps, which import the framework of the API: it is to be loaded as we need it."""
        load_api_framework()
        super().import_models()

    def ready(self):
        from pghistory import runtime

        from imrf_portal import (
            earlier_migrations,  # noqa: F401 - registers a check before each migrate
            personal,  # noqa: F401 - registers what the roof keeps about people
        )
        from imrf_portal.address_tables import keep_one_table
        from imrf_portal.plain_threads import keep_in_threads

        keep_one_table()
        keep_in_threads()
        runtime.IGNORED_SQL_PREFIXES = (*runtime.IGNORED_SQL_PREFIXES, *PREPARED)  # they change nothing to be audited

        post_migrate.connect(make_desk_roles, sender=installed.get_app_config("submissions"))
        post_migrate.connect(install_audit, sender=installed.get_app_config("pghistory"))


class DeskConfig(AdminConfig):
    """Puts our own AdminSite in place of the stock one, so that every admin.site is the desk."""

    default_site = "imrf_portal.desk.Desk"
