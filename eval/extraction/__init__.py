"""How well documents are read: extraction against gold."""
