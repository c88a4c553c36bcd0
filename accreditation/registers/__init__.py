"""Registers: matching a name against them; reading, comparing and bringing in a newer copy."""
