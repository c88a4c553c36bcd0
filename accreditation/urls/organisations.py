"""The organisation's own side: its record and its people."""

from django.urls import path

from accreditation.views import participant, people, record, requests, tokens

urlpatterns = [
    path("my/organisations/new/", participant.new_organisation, name="new_organisation"),
    path("my/organisations/join/", participant.join, name="join"),
    path("my/organisations/<slug:slug>/", participant.my_organisation, name="my_organisation"),
    path("my/organisations/<slug:slug>/requests/<int:pk>/", participant.answer_request, name="answer_request"),
    path("my/organisations/<slug:slug>/record/", record.record, name="record"),
    path("my/organisations/<slug:slug>/people/", people.people, name="people"),
    path("my/organisations/<slug:slug>/people/<int:pk>/", people.member, name="member"),
    path("my/organisations/<slug:slug>/people/invitations/<int:pk>/", people.take_back, name="take_back_invitation"),
    path("my/organisations/<slug:slug>/tokens/", tokens.tokens, name="tokens"),
    path("my/organisations/<slug:slug>/tokens/new/", tokens.new_token, name="new_token"),
    path("my/organisations/<slug:slug>/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("my/organisations/<slug:slug>/leave/", people.leave, name="leave"),
    path("my/requests/<int:pk>/take-back/", requests.take_back, name="take_back_request"),
    path("my/invitations/waiting/<int:pk>/", requests.accept_waiting, name="accept_waiting"),
    path("my/invitations/<str:word>/", people.invitation, name="invitation"),
]
