"""How similar the words of two texts are."""
