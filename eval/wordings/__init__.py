"""One meaning, many wordings: templates as people ask, filled from generated budgets, with gold by construction."""
