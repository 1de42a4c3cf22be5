"""Figures claimed in a text, judged against the corpus."""
