from . import quality_delivery_note_wizard
