from hypothesis import settings

# A busy machine is no failure: properties are about numbers, not about milliseconds.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
