"""Addresses of the second floor, under /<lang>/."""

from django.urls import path

from submissions.views import (
    answering,
    archives,
    drafts,
    files,
    own_receipts,
    participant,
    printed,
    public,
    public_lists,
    receipts,
    sending,
    status,
)

app_name = "submissions"
urlpatterns = [
    # the public
    path("inputs/", public_lists.inputs, name="inputs"),
    path("inputs/<str:reference>/", public.published_input, name="input"),
    path("inputs/<str:reference>/files/<uuid:pk>/", public.file, name="file"),
    path("forums/<slug:slug>/inputs/", public_lists.forum_inputs, name="forum_inputs"),
    path("forums/<slug:slug>/round-tables/<int:number>/", public_lists.round_table, name="round_table"),
    path("objectives/<int:number>/", public_lists.objective, name="objective"),
    path("organisations/<slug:slug>/", public.organisation, name="organisation"),
    path("receipts/<str:number>/", receipts.receipt_check, name="receipt_check"),
    path("status/<str:code>/", status.public_status, name="public_status"),
    # the author's side
    path("my/inputs/", participant.my_inputs, name="my_inputs"),
    path("my/inputs/new/<slug:forum>/<slug:call>/", drafts.start, name="start"),
    path("my/inputs/<uuid:pk>/", participant.my_input, name="my_input"),
    path("my/inputs/<uuid:pk>/edit/", drafts.edit, name="edit"),
    path("my/inputs/<uuid:pk>/autosave/", drafts.autosave, name="autosave"),
    path("my/inputs/<uuid:pk>/download/", drafts.download, name="download"),
    path("my/inputs/<uuid:pk>/files/", files.attach, name="attach"),
    path("my/inputs/<uuid:pk>/files/<uuid:file>/", files.my_file, name="my_file"),
    path("my/inputs/<uuid:pk>/files/<uuid:file>/remove/", files.detach, name="detach"),
    path("my/inputs/<uuid:pk>/check/", sending.check, name="check"),
    path("my/inputs/<uuid:pk>/receipt/", sending.receipt, name="receipt"),
    path("my/inputs/<uuid:pk>/receipt/print/", printed.ask, name="print_receipt"),
    path("my/inputs/<uuid:pk>/receipt/<int:number>/<str:language>/", printed.printed_receipt, name="printed_receipt"),
    path("my/inputs/<uuid:pk>/answer/", answering.answer, name="answer"),
    path("my/inputs/<uuid:pk>/answer/autosave/", answering.autosave, name="answer_autosave"),
    path("my/receipts/", own_receipts.my_receipts, name="my_receipts"),
    path("my/archives/", archives.my_archives, name="my_archives"),
    path("my/archives/<uuid:key>/", archives.fetch, name="my_inputs_archive"),
    path("my/inputs/<uuid:pk>/withdraw/", participant.withdraw, name="withdraw"),
    path("my/inputs/<uuid:pk>/amend/", participant.amend, name="amend"),
    path("my/inputs/<uuid:pk>/reinstate/", participant.reinstate, name="reinstate"),
    path("my/inputs/<uuid:pk>/discard/", participant.discard, name="discard"),
]
