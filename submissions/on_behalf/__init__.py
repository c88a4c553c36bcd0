"""Inputs that reached the Network otherwise: staged, checked, recorded; typed or from a CSV file. Among the operations."""
