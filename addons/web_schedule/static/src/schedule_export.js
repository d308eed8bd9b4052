import { download } from "@web/core/network/download";
import { _t } from "@web/core/l10n/translation";

/** The items that are loaded, in their order, with the columns shown and all their dates: Odoo's own Excel export. */
export function exportSheet(model, archInfo, columns) {
    const ids = [...new Set(model.rows.filter((row) => row.resId && !row.isContext).map((row) => row.resId))];
    const names = ["display_name", ...columns.map((column) => column.name), ...Object.values(archInfo.roles)];
    const labels = Object.fromEntries(columns.map((column) => [column.name, column.string]));
    const fields = [...new Set(names)].map((name) => ({
        name,
        label: labels[name] || model.fields[name]?.string || _t("Name"),
        type: model.fields[name]?.type || "char",
        store: true,
    }));
    return download({
        url: "/web/export/xlsx",
        data: {
            data: JSON.stringify({
                import_compat: false,
                context: model.params.context,
                domain: [["id", "in", ids]],
                fields,
                groupby: [],
                ids,
                model: model.resModel,
            }),
        },
    });
}
