#!/usr/bin/env bash
# js-quantities 1.8.0 (npm): with the sign Ω most prefixes are read as units of their own, with no error. An insulation of 20 MΩ
# is mol/m³ times ohm, a contact of 20 mΩ metres times ohm, 20 GΩ gauss times ohm; kΩ and µΩ are right, and so is every one of
# them spelled Mohm, mohm, Gohm. Two values in MΩ even compare, until one of them comes in kΩ.
# Seen: MΩ M*Ohm other, mΩ m*Ohm other, GΩ G*Ohm other, kΩ kOhm resistance, µΩ uOhm resistance, Mohm MOhm resistance
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > init.log
npm install --silent js-quantities@1.8.0 > /dev/null
seen=$(node - <<'J'
const quantity = require("js-quantities");
const told = ["MΩ", "mΩ", "GΩ", "kΩ", "µΩ", "Mohm"].map((unit) => {
    const value = quantity(`20 ${unit}`);
    return `${unit} ${value.units()} ${value.kind() === "resistance" ? "resistance" : "other"}`;
});
console.log(told.join(", "));
J
)
echo "$seen"
[ "$seen" = "MΩ M*Ohm other, mΩ m*Ohm other, GΩ G*Ohm other, kΩ kOhm resistance, µΩ uOhm resistance, Mohm MOhm resistance" ]
