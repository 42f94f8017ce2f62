"""Adapters that live inside CAD programs and call the command line of layoutgan; and how they get there."""
