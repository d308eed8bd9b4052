import { visitXML } from "@web/core/utils/xml";
import { getActiveActions } from "@web/views/utils";

export const ROLES = [
    "date_start",
    "date_stop",
    "baseline_start",
    "baseline_stop",
    "actual_start",
    "actual_stop",
    "forecast_start",
    "forecast_stop",
    "deadline",
    "progress",
    "critical",
    "milestone",
    "parent",
    "color",
];
const NEVER = ["1", "True", "true"];

export class ScheduleArchParser {
    /**
     * @param {Element} arch the <schedule>
     * @param {Object} relatedModels
     * @param {string} resModel
     */
    parse(arch, relatedModels, resModel) {
        const fields = relatedModels[resModel].fields;
        const roles = this.parseRoles(arch, fields);
        const columns = [];
        const names = new Set();
        const readonly = {};
        visitXML(arch, (node) => {
            if (node.tagName !== "field" || !fields[node.getAttribute("name")]) {
                return;
            }
            const name = node.getAttribute("name");
            names.add(name);
            if (node.getAttribute("readonly")) {
                readonly[name] = node.getAttribute("readonly");
            }
            if (!NEVER.includes(node.getAttribute("invisible"))) {
                columns.push(this.parseColumn(node, fields[name]));
            }
        });
        const activeActions = getActiveActions(arch);
        // What the view says of a field comes before what the model says, as in a form.
        const isMovable = (name) => activeActions.edit && (name in readonly || !fields[name].readonly);
        return {
            activeActions,
            columns,
            defaultOrder: arch.getAttribute("default_order") || "",
            fieldNames: [...names],
            limit: parseInt(arch.getAttribute("limit") || 5000),
            movable: {
                start: isMovable(roles.date_start),
                stop: isMovable(roles.date_stop),
            },
            readonly,
            roles,
            scale: arch.getAttribute("default_scale") || "week",
        };
    }

    /** Fields that only an attribute names; those that the user may not read do not come with the view. */
    parseRoles(arch, fields) {
        const roles = {};
        for (const role of ROLES) {
            const name = arch.getAttribute(role);
            if (name && fields[name]) {
                roles[role] = name;
            }
        }
        for (const role of ["date_start", "date_stop"]) {
            if (!roles[role]) {
                throw new Error(`<schedule> needs a field for "${role}" that the user may read.`);
            }
        }
        return roles;
    }

    parseColumn(node, field) {
        const optional = node.getAttribute("optional");
        return {
            name: node.getAttribute("name"),
            string: node.getAttribute("string") || field.string,
            type: field.type,
            width: parseInt(node.getAttribute("width")) || 0,
            optional: optional ? { shown: optional === "show" } : null,
        };
    }
}
