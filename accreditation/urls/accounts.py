"""A person's own: letters, what is kept about them, the end of an account."""

from django.urls import path

from accreditation.views import closing, data, inbox, letters, sessions

urlpatterns = [
    path("my/inbox/", inbox.inbox, name="inbox"),
    path("my/letters/", letters.my_letters, name="my_letters"),
    path("my/sessions/", sessions.my_sessions, name="my_sessions"),
    path("my/data/", data.my_data, name="my_data"),
    path("my/data/archive.zip", data.fetch, name="my_archive"),
    path("my/data/close/", closing.close, name="close_account"),
]
