from . import material_pegging
