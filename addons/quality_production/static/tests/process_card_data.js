/** A process card as `process.card.get_page_data` sends it: one operation to do, one that waits for quality. */
export function cardData(values = {}) {
    return {
        id: 5,
        name: "PC2026-00005",
        state: "in_progress",
        state_label: "In Progress",
        product: "Switchgear KYN28",
        order: "MO/0001",
        quantity: 1,
        uom: "pcs",
        leader: "",
        lots: ["SN-1"],
        note: "",
        closed: false,
        received: { needed: false, result: "pending", by: "", on: false, note: "" },
        rights: { operator: true, quality: true, leader: true, user_id: 2 },
        lines: [operation(1), operation(2, { name: "Wiring", state: "waiting", points: [], self_checked_by_id: 9 })],
        components: [
            { id: 31, name: "Busbar" },
            { id: 32, name: "Clamp" },
        ],
        missing: [],
        checks: [],
        check_due: false,
        ...values,
    };
}

export function operation(id, values = {}) {
    return {
        id,
        name: "Assembly",
        state: "todo",
        state_label: "To Do",
        is_key: false,
        is_special: false,
        workcenter: "Bench 1",
        note: "",
        points: [
            { id: 11, name: "Torque", kind: "measure", requirement: "", limits: "40 ± 2", unit: "N·m", value: null },
            { id: 12, name: "Marking", kind: "check", requirement: "", limits: "", unit: "", value: null },
        ],
        control_method: "",
        inspections: [],
        self_checked_by: "",
        self_checked_by_id: false,
        self_checked_on: false,
        quality_confirmed_by: "",
        quality_confirmed_on: false,
        leader: "",
        expected_minutes: 0,
        actual_minutes: 0,
        has_operation: true,
        ...values,
    };
}
