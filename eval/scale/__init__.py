"""How ingest and questions grow with the corpus: generated documents, questions with gold by construction."""
