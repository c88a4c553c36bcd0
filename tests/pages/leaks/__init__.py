"""No word of any column that is not public is found on any public surface; a new column is planted by itself."""
