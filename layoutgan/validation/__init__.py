"""How a layout is judged: rules, findings, reports."""
