"""Terms at work on aligned texts: candidates found in them (`extraction`)."""
