from . import gather, past, words
