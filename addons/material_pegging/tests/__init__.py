from . import test_material_pegging
