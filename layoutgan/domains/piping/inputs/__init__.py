"""Briefs from tables, flowsheets and P&IDs."""
