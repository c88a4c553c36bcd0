"""The demonstration forum: everything in it is invented (README.md), made by the same operations that people use."""
