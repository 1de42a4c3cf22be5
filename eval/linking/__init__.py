"""How often the right label is found for what people say: by names, by embeddings, and by both."""
