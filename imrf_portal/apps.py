from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "imrf_portal"
    verbose_name = "IMRF inputs portal"


class DeskConfig(AdminConfig):
    """Puts our own AdminSite in place of the stock one, so that every admin.site is the desk."""

    default_site = "imrf_portal.desk.Desk"
