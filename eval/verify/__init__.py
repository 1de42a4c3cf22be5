"""How often verification is right: claims with known verdicts, judged over a corpus."""
