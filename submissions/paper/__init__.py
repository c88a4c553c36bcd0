"""A published input on paper: PDF and DOCX from the same lines; nothing but what its public page shows."""
