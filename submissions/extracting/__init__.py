"""Taking out of a file what it says and what it hides. Everything here but `parent` runs in a child process with limits."""
