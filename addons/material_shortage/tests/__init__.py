from . import test_material_shortage
