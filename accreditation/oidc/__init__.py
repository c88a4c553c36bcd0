"""Signing in through the provider of one's own house (OpenID Connect): off unless the settings name one.

Behind views and operations of this floor; what allauth does is strict here, and nothing else of it is changed.
"""
