"""Addresses of the first floor, under /<lang>/."""

from django.urls import path

from accreditation.views import participant, public

app_name = "accreditation"
urlpatterns = [
    # the public
    path("organisations/<slug:slug>/", public.organisation, name="organisation"),
    # the organisation's own side
    path("my/organisations/new/", participant.new_organisation, name="new_organisation"),
    path("my/organisations/join/", participant.join, name="join"),
    path("my/organisations/<slug:slug>/", participant.my_organisation, name="my_organisation"),
    path("my/organisations/<slug:slug>/requests/<int:pk>/", participant.answer_request, name="answer_request"),
]
