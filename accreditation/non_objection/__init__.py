"""The non-objection list (A/RES/73/326, paragraph 5): built here, decided by Member States, recorded here."""
