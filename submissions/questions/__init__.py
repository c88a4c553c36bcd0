"""Questions of a form: what is shown, what is missing, how answers are read, kept and sent."""
