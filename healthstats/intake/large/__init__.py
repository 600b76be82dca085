"""The CSV that memory would not hold: judged as any other, a block at once."""
