"""Every kind of page of the demonstration, looked at by machines."""
