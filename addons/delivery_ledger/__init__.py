from . import models
from . import report
from .hooks import fill_first_promises
