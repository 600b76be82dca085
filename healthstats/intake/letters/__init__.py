"""Letters: the codes that text arrives in, and the key on which names and labels are compared."""
