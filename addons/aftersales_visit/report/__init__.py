from . import service_cost_report
