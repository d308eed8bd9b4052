from . import gather, words
