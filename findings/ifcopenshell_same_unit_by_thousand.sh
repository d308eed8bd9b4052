#!/usr/bin/env bash
# ifcopenshell 0.9.0.post1 (PyPI): units of a building's model (IFC), from which a plant takes the heat that a switch room must lose and
# the oil of a transformer. W/(m2 K) of the walls is written by one program from watt, square metre and kelvin, by another (as
# widespread CAD exports do) from kilogram, second and kelvin, which is the same unit: to the library the first is 1 in SI units, the
# second 1000, and torque, N m or kg m2/s2, likewise. Its prefix "kilo" is taken as a factor on gram, where SI builds on the kilogram;
# get_unit_scale() promises "SI units", and m3/h or N m, where no kilogram is named, are right. And convert_unit() makes 800 l of oil
# 8 dm3, while back, and by way of m3, it is right: the power of the target's prefix is looked for in the name of the unit converted
# from, and "litre" has no CUBIC in it (pull request 9068 there, open). A "gallon UK", as the library names it itself, is a cubic
# metre: the name is sought in small letters only.
# Seen: wall 1.0 1000.0, torque 1.0 1000.0, flow 0.000278; 800 l: 8.0 dm3, back 800.0 l, by way of 0.8 m3 800.0 dm3; gallon UK 1 m3
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install ifcopenshell==0.9.0.post1
cat > units.py <<'P'
import ifcopenshell
import ifcopenshell.api.unit
from ifcopenshell.util.unit import convert_unit, get_unit_scale
model = ifcopenshell.file(schema="IFC4")
def si(kind, name, prefix=None):
    return model.create_entity("IfcSIUnit", UnitType=kind, Name=name, Prefix=prefix)
def derived(kind, *parts):
    elements = [model.create_entity("IfcDerivedUnitElement", unit, exponent) for unit, exponent in parts]
    return get_unit_scale(model.create_entity("IfcDerivedUnit", Elements=elements, UnitType=kind))
metre, second, kelvin = si("LENGTHUNIT", "METRE"), si("TIMEUNIT", "SECOND"), si("THERMODYNAMICTEMPERATUREUNIT", "KELVIN")
kilogram, newton, watt = si("MASSUNIT", "GRAM", "KILO"), si("FORCEUNIT", "NEWTON"), si("POWERUNIT", "WATT")
square, cubic, litre_of_si = si("AREAUNIT", "SQUARE_METRE"), si("VOLUMEUNIT", "CUBIC_METRE"), si("VOLUMEUNIT", "CUBIC_METRE", "DECI")
hour, litre, gallon = (ifcopenshell.api.unit.add_conversion_based_unit(model, name) for name in ("hour", "litre", "gallon UK"))
walls = (derived("THERMALTRANSMITTANCEUNIT", (watt, 1), (square, -1), (kelvin, -1)),
         derived("THERMALTRANSMITTANCEUNIT", (kilogram, 1), (second, -3), (kelvin, -1)))
torques = (derived("TORQUEUNIT", (newton, 1), (metre, 1)), derived("TORQUEUNIT", (kilogram, 1), (metre, 2), (second, -2)))
flow = derived("VOLUMETRICFLOWRATEUNIT", (cubic, 1), (hour, -1))
cubics = convert_unit(800, litre, cubic)
print(f"wall {walls[0]} {walls[1]}, torque {torques[0]} {torques[1]}, flow {flow:.6f}; 800 l: {convert_unit(800, litre, litre_of_si):.1f} "
      f"dm3, back {convert_unit(800, litre_of_si, litre):.1f} l, by way of {cubics:.1f} m3 {convert_unit(cubics, cubic, litre_of_si):.1f} "
      f"dm3; gallon UK {convert_unit(1, gallon, cubic)} m3")
P
seen=$(venv/bin/python units.py)
echo "$seen"
[ "$seen" = "wall 1.0 1000.0, torque 1.0 1000.0, flow 0.000278; 800 l: 8.0 dm3, back 800.0 l, by way of 0.8 m3 800.0 dm3; gallon UK 1 m3" ]
