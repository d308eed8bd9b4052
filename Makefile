# Every target sets up what it needs; see config/dev.
# Options: DB= PORT= ADDONS= DEMO= LOAD_LANG= ARGS= ONLY= FIX= MODULES= FROM= NAME= COPIES= SIZE= ORDERS=
# Settings of the machine: ODOO_HOME, PGHOST (PGPORT, PGUSER, PGPASSWORD), DEBIAN_MIRROR, SUITE_HOME.
.PHONY: run test db shell serve stop lint bench core upgrade load scale uninstall addon wheels clean
export DB PORT ADDONS DEMO LOAD_LANG ARGS ONLY FIX MODULES FROM NAME COPIES SIZE ORDERS

run test db shell serve stop lint bench core upgrade load scale uninstall addon wheels clean:
	@PYTHONDONTWRITEBYTECODE=1 exec python3 config/dev $@
