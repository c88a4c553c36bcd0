"""Addresses of the ground floor, under /<lang>/."""

from django.urls import path

from forums.views import public

app_name = "forums"
urlpatterns = [
    path("forums/", public.forums, name="forums"),
    path("forums/<slug:slug>/", public.forum, name="forum"),
    path("calendar/", public.calendar, name="calendar"),
]
