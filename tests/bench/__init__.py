"""`make bench`: what pages cost beside a bare one, with 2,000, 20,000 and, asked for, 200,000 published inputs.

Servers, database and processes are the benchmark's own and are gone afterwards. Ratios inside one run are what counts.
"""
