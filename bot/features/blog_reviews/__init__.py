"""Blog reviews: members ask to be read, others read by a day of their own choice, and write back."""
