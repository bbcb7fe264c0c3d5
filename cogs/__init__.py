"""The face that members see: one folder a feature, and what they share in ``_ui``."""
