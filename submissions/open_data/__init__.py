"""Everything published as one ZIP at a fixed address: CSV, JSON, the words of codes, a datapackage.json, checksums.

rows.py        an input as a row: names, types and meaning of the columns
package.py     datapackage.json (Frictionless Data, version 1)
writing.py     the ZIP, streamed
editions.py    which edition is served, when a new one is due
"""
