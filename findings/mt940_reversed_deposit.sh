#!/usr/bin/env bash
# mt-940 5.1.1 (PyPI), mt940-js 1.0.0, mt940js 1.3.5 (npm): a bank statement (SWIFT MT940) in which a customer's deposit of 50 000 is
# taken back the next day. The mark of field 61 is then RC, reversal of a credit: money that leaves; RD, reversal of a debit, brings
# it in. The first two of three readers have the deposit twice: +50000 and a credit; the second takes the fee that came back for a
# debit, too, and tells of no reversal in any field. In the first the sums miss the closing balance of the same file by 100 000,
# without a word; RC is negative, as its page has the mark, with Options(reversal_sign=True) only, which is off unless asked for.
# Seen: mt-940 50000 50000 300 = 200300; mt940-js 50000 50000 -300 = 199700; mt940js 50000 -50000 300 = 100300; closing balance 100300
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install mt-940==5.1.1
npm init --yes > init.log
npm install --silent --ignore-scripts mt940-js@1.0.0 mt940js@1.3.5 tslib@1.14.1 > /dev/null
cat > bank.sta <<'S'
:20:STATEMENT
:25:00000000/0000000001
:28C:1/1
:60F:C261130CNY100000,00
:61:2611301130C50000,00NTRFDEPOSIT//1
:86:deposit
:61:2612011201RC50000,00NTRFDEPOSIT//2
:86:deposit taken back
:61:2612021202RD300,00NTRFFEE//3
:86:fee given back
:62F:C261202CNY100300,00
S
first=$(venv/bin/python - <<'P'
import mt940
amounts = [int(line.data["amount"].amount) for line in mt940.parse("bank.sta")]
print(*amounts, "=", 100000 + sum(amounts))
P
)
others=$(node - <<'J'
const fs = require("fs");
const told = (name, amounts) => `${name} ${amounts.join(" ")} = ${amounts.reduce((sum, amount) => sum + amount, 100000)}`;
require("mt940-js").read(fs.readFileSync("bank.sta")).then(([{ transactions }]) => {
    const first = transactions.map(({ amount, isCredit }) => (isCredit ? amount : -amount));
    const { Parser } = require("mt940js");
    const [statement] = new Parser().parse(fs.readFileSync("bank.sta", "utf8"));
    const second = statement.transactions.map(({ amount }) => amount);
    const closing = `closing balance ${statement.closingBalance}`;
    console.log([told("mt940-js", first), told("mt940js", second), closing].join("; "));
});
J
)
seen="mt-940 $first; $others"
echo "$seen"
[ "$seen" = "mt-940 50000 50000 300 = 200300; mt940-js 50000 50000 -300 = 199700; mt940js 50000 -50000 300 = 100300; closing balance 100300" ]
