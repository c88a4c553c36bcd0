"""WHAT. Inputs, their versions, files, review and publication. May import accreditation and forums."""
