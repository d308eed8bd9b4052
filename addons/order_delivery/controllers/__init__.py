from . import crate_page
