"""What is public by design, column by column; everything else is not. A value says in which rows it is not public.

Whoever makes a new column public writes it here, and thereby says so.
"""

PUBLIC = {}
