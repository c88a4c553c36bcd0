"""Addresses of the second floor, under /<lang>/."""

from django.urls import path

from submissions.views import (
    drafts,
    embedding,
    files,
    open_data,
    other_forms,
    papers,
    participant,
    printed,
    public,
    public_lists,
    receipts,
    sending,
)

app_name = "submissions"
urlpatterns = [
    # the public
    path("inputs/", public_lists.inputs, name="inputs"),
    path("inputs/<str:reference>.ris", other_forms.as_ris, name="ris"),
    path("inputs/<str:reference>.bib", other_forms.as_bibtex, name="bibtex"),
    path("inputs/<str:reference>.csl.json", other_forms.as_csl, name="csl"),
    path("inputs/<str:reference>.json", other_forms.as_json, name="json"),
    path("inputs/<str:reference>.pdf", papers.paper, {"form": "pdf"}, name="pdf"),
    path("inputs/<str:reference>.docx", papers.paper, {"form": "docx"}, name="docx"),
    path("inputs/<str:reference>/", public.published_input, name="input"),
    path("inputs/<str:reference>/files/<uuid:pk>/", public.file, name="file"),
    path("forums/<slug:slug>/inputs/", public_lists.forum_inputs, name="forum_inputs"),
    path("forums/<slug:slug>/round-tables/<int:number>/", public_lists.round_table, name="round_table"),
    path("objectives/<int:number>/", public_lists.objective, name="objective"),
    path("organisations/<slug:slug>/", public.organisation, name="organisation"),
    path("open-data/", open_data.open_data, name="open_data"),
    path("embed/inputs/", embedding.embedded_inputs, name="embed"),
    path("receipts/<str:number>/", receipts.receipt_check, name="receipt_check"),
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
    path("my/inputs/<uuid:pk>/withdraw/", participant.withdraw, name="withdraw"),
    path("my/inputs/<uuid:pk>/amend/", participant.amend, name="amend"),
    path("my/inputs/<uuid:pk>/reinstate/", participant.reinstate, name="reinstate"),
    path("my/inputs/<uuid:pk>/discard/", participant.discard, name="discard"),
]
