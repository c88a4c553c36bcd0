"""Sharing out inputs among reviewers: who may get what, a plan that is shown first, rules, and what is told about it."""
