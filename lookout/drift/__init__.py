"""What the accounts hold against what is declared, as the same comparison that a pull request gets."""
