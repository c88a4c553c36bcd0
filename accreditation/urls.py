"""Addresses of the first floor, under /<lang>/; an organisation's public page shows its inputs, so submissions has it."""

from django.urls import path

from accreditation.views import participant

app_name = "accreditation"
urlpatterns = [
    # the organisation's own side
    path("my/organisations/new/", participant.new_organisation, name="new_organisation"),
    path("my/organisations/join/", participant.join, name="join"),
    path("my/organisations/<slug:slug>/", participant.my_organisation, name="my_organisation"),
    path("my/organisations/<slug:slug>/requests/<int:pk>/", participant.answer_request, name="answer_request"),
]
