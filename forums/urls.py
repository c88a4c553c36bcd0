"""Addresses of the ground floor, under /<lang>/."""

from django.urls import path

from forums.views import around, calendars, dates, following, letters, programme, public

app_name = "forums"
urlpatterns = [
    path("forums/", public.forums, name="forums"),
    path("forums/<slug:slug>/", public.forum, name="forum"),
    path("forums/<slug:slug>/programme/<slug:session>.ics", calendars.of_session, name="session_ics"),
    path("forums/<slug:slug>/programme/", programme.programme, name="programme"),
    path("forums/<slug:slug>/programme/<int:number>/", programme.release, name="release"),
    path("forums/<slug:slug>/programme/<slug:session>/", programme.session, name="session"),
    path("calendar/", dates.calendar, name="calendar"),
    path("calendar/follow/", following.follow, name="follow"),
    path("calendar/follow/asked/", following.follow_asked, name="follow_asked"),
    path("calendar/follow/<str:token>/", following.confirm, name="confirm_following"),
    path("calendar/following/<str:key>/", following.following, name="following"),
    path("regional-reviews/", around.regional_reviews, name="regional_reviews"),
    path("reports/", around.reports, name="reports"),
    path("letters/stop/<str:token>/", letters.stop_letters, name="stop_letters"),
]
