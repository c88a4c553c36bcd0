"""What the API shows of the ground floor: every field is named in one of these files; what is not named is not shown."""
