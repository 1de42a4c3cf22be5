"""Measurements as commands: `python -m benchmarks.ingest FILE`, `.memory`, `.ask`. They print and write nothing."""
