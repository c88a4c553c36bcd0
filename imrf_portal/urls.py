"""The addresses, one include an app. Nothing public ever changes its address (docs/addresses.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from hijack.views import ReleaseUserView

from accreditation.oidc import checking
from accreditation.views.feeds import accredited_feed
from forums import feeds
from forums.views import calendars
from forums.views.documents import document_file
from imrf_portal import probes, views
from imrf_portal.api import router
from submissions.api import own_addresses, public_addresses
from submissions.feeds import inputs_feed
from submissions.views import list_feeds, open_data, sitemaps
from submissions.views.harvest import oai

urlpatterns = [
    path("", views.choose_language, name="language_root"),
    path("livez", probes.livez, name="livez"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("accounts/oidc/<str:provider_id>/login/callback/", checking.callback),  # stricter than allauth's own
    path("accounts/", include("allauth.urls")),
    path(
        "hijack/",
        include(([path("release/", ReleaseUserView.as_view(success_url="admin:index"), name="release")], "hijack")),
    ),
    path("admin/", admin.site.urls),
    path("api/v1/", include([*router.urls, *public_addresses(), *own_addresses()])),
    path("api/", include("imrf_portal.api_urls")),
    path("oai", oai, name="oai"),
    path("open-data/", open_data.to_page, name="open_data_root"),
    path("open-data/<str:name>", open_data.open_data_file, name="open_data_file"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<str:language>-<slug:section>-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("feeds/inputs.atom", inputs_feed, name="feed"),
    path("feeds/organisations.atom", list_feeds.organisations_feed, name="organisations_feed"),
    path("feeds/national-reviews.atom", list_feeds.national_reviews_feed, name="national_reviews_feed"),
    path("feeds/forums/<slug:slug>/accredited.atom", accredited_feed, name="accredited_feed"),
    path("feeds/calendar.atom", feeds.calendar_changes, name="calendar_feed"),
    path("feeds/forums/<slug:slug>/calendar.atom", feeds.forum_changes, name="forum_feed"),
    path("calendar.ics", calendars.everything, name="calendar_ics"),
    path("forums/<slug:slug>/calendar.ics", calendars.of_forum, name="forum_ics"),
    path("forums/<slug:slug>/programme/<slug:session>.ics", calendars.of_session, name="session_ics"),
    path("documents/<int:pk>/<slug:language>/", document_file, name="document_file"),
    path("my/calendar/<str:key>.ics", views.my_calendar, name="my_calendar"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.svg", permanent=True)),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("about/", views.page, {"name": "about"}, name="about"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("accessibility/", views.page, {"name": "accessibility"}, name="accessibility"),
    path("changes/", views.changes, name="changes"),
    path("terms/", views.page, {"name": "terms"}, name="terms"),
    path("moderation/", views.page, {"name": "moderation"}, name="moderation"),
    path("demonstration/", views.page, {"name": "demonstration"}, name="demonstration"),
    path("my/", views.my, name="my"),
    path("my/calendar/", views.my_calendar_key, name="my_calendar_key"),
    path("", include("submissions.urls")),
    path("", include("accreditation.urls")),
    path("", include("forums.urls")),
)

handler400 = "imrf_portal.views.bad_request"
handler403 = "imrf_portal.views.forbidden"
handler404 = "imrf_portal.views.not_found"
handler500 = "imrf_portal.views.server_error"
