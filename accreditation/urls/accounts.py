"""A person's own: letters, what is kept about them, the end of an account."""

from django.urls import path

from accreditation.views import letters, sessions

urlpatterns = [
    path("my/letters/", letters.my_letters, name="my_letters"),
    path("my/sessions/", sessions.my_sessions, name="my_sessions"),
]
