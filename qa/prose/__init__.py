"""What the documents tell in sentences, asked where no label answers: figures, passages, and what there is none of."""
