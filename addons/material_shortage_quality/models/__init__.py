from . import material_shortage_quality
