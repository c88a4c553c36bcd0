"""Who is accredited to a forum; the check of a letter."""

from django.urls import path

from accreditation.views import public, verifying

urlpatterns = [
    path("forums/<slug:slug>/accredited/", public.accredited_organisations, name="accredited"),
    path("forums/<slug:slug>/accredited.csv", public.accredited_csv, name="accredited_csv"),
    path("forums/<slug:slug>/accredited.json", public.accredited_json, name="accredited_json"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<slug:code>/", verifying.verify, name="verify_code"),
    path("my/organisations/<slug:slug>/letter/<slug:forum>/", verifying.ask_letter, name="ask_letter"),
    path("my/organisations/<slug:slug>/letter/<slug:forum>/<slug:code>/", verifying.letter, name="letter"),
]
