"""A form as a DOCX to fill in without the network, and its answers read back from one."""
