"""The systems compared in one run: ours, ours with a part taken out, and plain retrieval."""
