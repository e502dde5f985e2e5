"""What a person may type, made from the questions."""
