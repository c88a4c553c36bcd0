"""Two records of one organisation become one: previewed, done in one transaction, undone for a while.

Each table whose rows stand in the name of an organisation is a part; a floor above adds its own when it is ready
(`parts.register`), so that this floor need not know it.
"""
