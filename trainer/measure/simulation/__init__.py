"""Simulated readers practise with the real selection and update: what the design reaches."""
