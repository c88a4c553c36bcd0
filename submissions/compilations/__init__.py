"""Inputs gathered into one numbered document, the raw material of background notes and reports. Among the operations.

choosing.py      which inputs a compilation takes, and how that is said
paragraphs.py    a text as paragraphs that bear numbers; an excerpt of it. Pure
contents.py      everything that stands in a compilation, gathered once for all formats
tallies.py       its figures: inputs by level, region, kind, language and objective
docx.py · docx_body.py · xlsx.py     Word and Excel; a Word file grows at the price of each paragraph
pdf.py           a PDF is laid out in parts, side by side
layout_child.py · laying.py · taking.py          the process that lays out, without settings or secrets
layout_parent.py · frames.py                     who asks it, and how the two talk
joining.py · pieces.py · running.py · outline.py · pdf_file.py     parts become one file, each page gets its number
packing.py       the same rows make the same bytes
making.py        asked for, made by a sweep with progress, kept, given up
"""
