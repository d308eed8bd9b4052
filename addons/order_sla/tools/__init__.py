from . import changes, moments, rows, times
