"""The audit of the whole portal: what is watched (`tables`), how (`triggers`), sealed (`sealing`) and checked (`verifying`).

Triggers write it, so raw SQL is seen as well and a save sends no statement more. docs/decisions/0037 says why it is so.
"""
