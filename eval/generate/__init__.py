"""Budget documents rendered from a specification, with their facts known by construction."""
