from . import order_closeout_word
