"""What Member States see of a circulated list, and names where they are public."""

from django.urls import path

from accreditation.views import non_objection

urlpatterns = [
    path("my/non-objection/", non_objection.circulated, name="circulated"),
    path("my/non-objection/<uuid:key>/", non_objection.circulated_list, name="circulated_list"),
    path("forums/<slug:slug>/non-objection-lists/", non_objection.public_lists, name="public_lists"),
]
