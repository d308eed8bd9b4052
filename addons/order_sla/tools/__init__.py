from . import change, moments, rows, times
