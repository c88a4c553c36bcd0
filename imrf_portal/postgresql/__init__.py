"""Django's backend of PostgreSQL, which looks whether a kept connection was hung up instead of asking."""
