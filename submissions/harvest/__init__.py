"""OAI-PMH 2.0 at /oai: every published input and every tombstone, for other catalogues.

asking.py      what is asked: verb and arguments, each fault by its name
tokens.py      where a list goes on, signed; the server keeps nothing
horizon.py     up to which moment everything that was written is there
selecting.py   which rows, in the order of their change
sets.py        forum, level, objective, language
formats.py     the metadata formats: dublin_core.py, mods.py
answering.py   the answer as XML
"""
