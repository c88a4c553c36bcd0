"""Inputs to past forums and shipped forms, as files, and what reads them. README.md has sources and limits."""

from .recorded import load_calls, load_inputs, load_organisations
from .shipped_forms import load_forms

FILES = {
    "calls.csv": load_calls,
    "organisations.csv": load_organisations,
    "inputs_2022_2026.csv": load_inputs,
    "forms.toml": load_forms,
}
