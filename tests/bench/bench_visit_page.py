"""aftersales_visit: what the technician's page loads, against the web client

Bar: at most 15 % of the gzipped bytes that the web client loads at its first start (script and style; neither counts
pictures, fonts and translations).
"""
import gzip

BUNDLES = {"technician's page": "aftersales_visit.assets_visit", "web client": "web.assets_web"}
sizes = {}
for title, name in BUNDLES.items():
    bundle = env["ir.qweb"]._get_asset_bundle(name)  # noqa: F821
    files = [bundle.js().raw, bundle.css().raw]
    sizes[title] = sum(len(gzip.compress(raw)) for raw in files)
    print(f"{title:20} {sum(map(len, files)):>10,} bytes, {sizes[title]:>9,} gzipped")
share = sizes["technician's page"] / sizes["web client"]
print(f"share {share:.1%} (at most 15 %): {'PASS' if share <= 0.15 else 'FAIL'}")
