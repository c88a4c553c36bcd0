"""Persons, speakers, support: the organisation's side; names of participants where they are public."""

from django.urls import path

from accreditation.views import participants, participation, speaking, support

PLACE = "my/organisations/<slug:slug>/participation/<slug:forum>/"

urlpatterns = [
    path(PLACE, participation.participation, name="participation"),
    path(f"{PLACE}persons/new/", participation.register_person, name="register_person"),
    path(f"{PLACE}persons/<uuid:key>/", participation.person, name="person"),
    path(f"{PLACE}persons/<uuid:key>/replace/", participation.replace_person, name="replace_person"),
    path(f"{PLACE}persons/<uuid:key>/cancel/", participation.cancel_person, name="cancel_person"),
    path(f"{PLACE}letter/", participation.add_letter, name="add_letter_of_representation"),
    path(f"{PLACE}letter/<uuid:pk>/remove/", participation.remove_letter, name="remove_letter_of_representation"),
    path(f"{PLACE}speaking/<slug:session>/", speaking.speaking, name="speaking"),
    path(f"{PLACE}speaking/<slug:session>/withdraw/", speaking.withdraw_wish, name="withdraw_wish"),
    path(f"{PLACE}speaking/<slug:session>/take-back/", speaking.take_wish_back, name="take_wish_back"),
    path(f"{PLACE}support/", support.ask_for_support, name="ask_for_support"),
    path(f"{PLACE}support/<uuid:key>/", support.support_request, name="support_request"),
    path(f"{PLACE}support/<uuid:key>/withdraw/", support.withdraw_support, name="withdraw_support"),
    path(f"{PLACE}support/<uuid:key>/take-back/", support.take_support_back, name="take_support_back"),
    path("forums/<slug:slug>/participants/", participants.participants, name="participants"),
]
