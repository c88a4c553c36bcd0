"""An organisation's application, its files, its confirmation for the next forum."""

from django.urls import path

from accreditation.views import application_steps, applying

PLACE = "my/organisations/<slug:slug>/accreditation/<slug:forum>/"

urlpatterns = [
    path(PLACE, applying.application, name="application"),
    path(f"{PLACE}basis/", applying.change_basis, name="application_basis"),
    path(f"{PLACE}autosave/", applying.autosave, name="application_autosave"),
    path(f"{PLACE}check/", application_steps.check, name="application_check"),
    path(f"{PLACE}withdraw/", application_steps.withdraw, name="application_withdraw"),
    path(f"{PLACE}take-back/", application_steps.take_back, name="application_take_back"),
    path(f"{PLACE}confirm/", application_steps.confirm, name="application_confirm"),
    path(f"{PLACE}files/<uuid:pk>/", application_steps.evidence, name="evidence"),
    path(f"{PLACE}files/<uuid:pk>/remove/", application_steps.remove_file, name="evidence_remove"),
]
