"""Observer statistics and the learner model: numpy and scipy alone, no Django."""
