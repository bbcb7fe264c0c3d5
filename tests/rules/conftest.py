"""What hypothesis is told for all tests: a slow machine is no fault of the code."""

from hypothesis import settings

settings.register_profile("goen", deadline=None)
settings.load_profile("goen")
