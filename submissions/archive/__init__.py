"""The ZIP of everything an organisation wrote and sent here. Among the operations."""
