"""The views of single kinds of object that say more than a table of fields."""
