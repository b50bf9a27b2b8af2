"""The pathway of 24 months: its stages, its dates, the file that declares it."""
