"""How much of what a person finds wrong in a disclosure the audit finds, and how much it finds that is not wrong."""
