from . import material_shortage
