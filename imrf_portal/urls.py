"""The addresses, one include an app. Nothing public ever changes its address (docs/addresses.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from imrf_portal import probes, views
from imrf_portal.api import router
from submissions.feeds import inputs_feed

urlpatterns = [
    path("", views.choose_language, name="language_root"),
    path("livez", probes.livez, name="livez"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(router.urls)),
    path("api/", include("imrf_portal.api_urls")),
    path("feeds/inputs.atom", inputs_feed, name="feed"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.svg", permanent=True)),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("about/", views.page, {"name": "about"}, name="about"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("accessibility/", views.page, {"name": "accessibility"}, name="accessibility"),
    path("my/", views.my, name="my"),
    path("", include("submissions.urls")),
    path("", include("accreditation.urls")),
    path("", include("forums.urls")),
)

handler400 = "imrf_portal.views.bad_request"
handler403 = "imrf_portal.views.forbidden"
handler404 = "imrf_portal.views.not_found"
handler500 = "imrf_portal.views.server_error"
