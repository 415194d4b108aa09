"""What is only counted: the signs of a text, a linear classifier, how good it is, and how alike two cases are."""
