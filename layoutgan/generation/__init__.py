"""Brief to layouts: sample, realise, rank."""
