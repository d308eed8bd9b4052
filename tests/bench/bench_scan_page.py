"""warehouse_scan: what the page of the warehouse loads, against the web client

Bar: at most 8 % of the gzipped bytes that the web client loads at its first start (script and style; neither counts
pictures, fonts and translations). How fast both start: `tests/bench/start_scan_page.py`.
"""
import gzip

BUNDLES = {"page of the warehouse": "warehouse_scan.assets", "web client": "web.assets_web"}
sizes = {}
for title, name in BUNDLES.items():
    bundle = env["ir.qweb"]._get_asset_bundle(name)  # noqa: F821
    files = [bundle.js().raw, bundle.css().raw]
    sizes[title] = sum(len(gzip.compress(raw)) for raw in files)
    print(f"{title:22} {sum(map(len, files)):>10,} bytes, {sizes[title]:>9,} gzipped")
share = sizes["page of the warehouse"] / sizes["web client"]
print(f"share {share:.1%} (at most 8 %): {'PASS' if share <= 0.08 else 'FAIL'}")
