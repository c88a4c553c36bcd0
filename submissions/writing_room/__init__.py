"""The writing room of a background note: outline, chosen inputs, words against the limit, versions, signing off.

outline.py     what a note consists of; inputs with their paragraphs, read from lines. Pure but for what is public
operations.py  open, save, put back, sign off
"""
