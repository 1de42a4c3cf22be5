"""Budgets and final accounts of invented agencies in the templates of publishers nothing was tuned for, as HTML."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
