"""The inputs to past forums whose existence was seen, as files, and what reads them. README.md has sources and limits."""

from .recorded import load_calls, load_inputs, load_organisations

FILES = {
    "calls.csv": load_calls,
    "organisations.csv": load_organisations,
    "inputs_2022_2026.csv": load_inputs,
}
