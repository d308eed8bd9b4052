from . import quality_control_chart
