"""Inputs gathered into one numbered document, the raw material of background notes and reports. Among the operations.

choosing.py      which inputs a compilation takes, and how that is said
paragraphs.py    a text as paragraphs that bear numbers; an excerpt of it. Pure
contents.py      everything that stands in a compilation, gathered once for all formats
tallies.py       its figures: inputs by level, region, kind, language and objective
docx.py · pdf.py · joining.py · xlsx.py     the formats; a PDF is made in parts and joined with its tags
packing.py       the same rows make the same bytes
making.py        asked for, made by a sweep with progress, kept, given up
"""
