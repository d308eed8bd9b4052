#!/usr/bin/env bash
# libphonenumber-js 1.13.16 (npm), phonenumbers 9.0.43 (PyPI): numbers as Chinese firms print them. "010-65051234/5" (two lines) is one
# number with a digit too many; the library says valid, with the small data it comes with, and with the full data it does not.
# "0513-85512345转801" (extension 801) is no phone number at all to both, and with a hyphen the extension becomes part of the number.
# Seen: 010-65051234/5: +8610650512345 valid, full data +8610650512345 invalid, phonenumbers +8610650512345 invalid; 0513-85512345转801: none, full data none, phonenumbers none; 0513-85512345-801: +8651385512345801 invalid, full data +8651385512345801 invalid, phonenumbers +8651385512345801 invalid
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install phonenumbers==9.0.43
npm init --yes > init.log
npm install --silent libphonenumber-js@1.13.16 > /dev/null
