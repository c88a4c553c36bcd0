"""Addresses of the first floor, under /<lang>/, one file a matter; an organisation's public page shows its inputs, so
submissions has it."""

from accreditation.urls import accounts, applying, non_objection, organisations, participation, public

app_name = "accreditation"
urlpatterns = [
    *organisations.urlpatterns,
    *applying.urlpatterns,
    *non_objection.urlpatterns,
    *participation.urlpatterns,
    *public.urlpatterns,
    *accounts.urlpatterns,
]
