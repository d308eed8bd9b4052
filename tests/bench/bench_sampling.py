"""quality_inspection: sampling decisions per second, of one core

Lot size, level, AQL and severity to a plan; a lot judged and the switching state moved on; an operating characteristic
of 101 points. Bars: 50,000 plans, 20,000 lots and 100 curves a second (a receipt of ten lines needs ten plans).
"""
from odoo.addons.quality_inspection.kernel.bench import rates

BARS = {"plan": 50_000, "lot": 20_000, "curve": 100}

passed = True
for name, rate in rates().items():
    kept = rate >= BARS[name]
    passed &= kept
    print(f"{name:<6} {rate:>10,} a second (at least {BARS[name]:,})  {'PASS' if kept else 'FAIL'}")
if not passed:
    raise SystemExit(1)
