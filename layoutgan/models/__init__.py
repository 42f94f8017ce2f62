"""Networks, one per file; they see tensors only and import nothing else of layoutgan."""
