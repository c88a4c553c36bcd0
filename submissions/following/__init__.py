"""Following lists of inputs by mail: what a list is called, which pages lead to it, what is new in it."""
