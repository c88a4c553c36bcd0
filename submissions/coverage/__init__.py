"""What was said on which objective, from where, on which level and by whom; and who could still be asked.

counting.py     the three tables, each counted in one statement; the inputs behind one figure
askable.py      organisations with a standing that have sent nothing
asking.py       a letter to them, by two people. Among the operations
"""
