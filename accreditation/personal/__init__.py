"""What is kept about a person: one register of every table and column, read by the archive, by erasure and by the purge."""
