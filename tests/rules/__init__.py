"""The rules that everything follows from (docs/promises.md): real processes, and a control that must fail."""
