"""Drawing plausible cases: who is drawn, what she holds, and what may be wished."""
