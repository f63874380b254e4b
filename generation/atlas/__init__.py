"""The atlas: every kind of finding in every density, as one page that needs no network."""
