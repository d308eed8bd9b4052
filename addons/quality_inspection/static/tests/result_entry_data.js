/** What `get_entry_data` of an inspection says: two classes, two measured lines, three others. */
export function entryData(values = {}) {
    return {
        id: 7,
        name: "QI7",
        state: "in_progress",
        verdict: false,
        revision: 3,
        can_edit: true,
        saved_by: false,
        saved_at: false,
        inspector: { id: 2, name: "Li Na" },
        product: { id: 4, name: "Busbar" },
        quantity: 500,
        uom: { id: 1, name: "Units" },
        partner: "Copper Works",
        lot: "L1",
        picking: "WH/IN/0001",
        supplier_batch: false,
        demand_date: "2026-03-04 02:00:00",
        instruction: "<p>Three bundles</p>",
        missing_documents: false,
        missing_documents_note: false,
        plan: "Busbars",
        whole: false,
        sla_clocks: false,
        units: [],
        serials: [],
        samples: [sample(1, "major"), sample(2, "minor", { acceptance: 2, rejection: 3 })],
        lines: [
            measure(11, "Width", { lower: 9.9, upper: 10.1 }),
            measure(12, "Weight", {
                lower: 0.9,
                upper: 1.1,
                uom: { id: 5, name: "kg" },
                units: [
                    { id: 5, name: "kg", factor: 1 },
                    { id: 6, name: "g", factor: 0.001 },
                ],
                sample_size: 3,
            }),
            line(13, "Surface", "check"),
            line(14, "Marking", "text"),
            line(15, "Label", "photo"),
        ],
        documents: [{ id: 1, name: "Drawing 1", kind_label: "Drawing", revision: "B", url: "/x" }],
        missing: [],
        preview: { verdict: "accept", accepted: 500, rejected: 0, lowest: 500, highest: 500, text: "Accepted: 500" },
        findings: [["finding_wrong_model", "Wrong Model"]],
        ...values,
    };
}

export function sample(id, defectClass, values = {}) {
    return {
        id,
        defect_class: defectClass,
        class_label: defectClass,
        method: "AQL",
        severity: "normal",
        severity_label: "Normal",
        code_letter: "H",
        sample_size: 5,
        acceptance: 0,
        rejection: 1,
        measure: "items",
        nonconforming: 0,
        nonconforming_typed: false,
        decision: "pending",
        ...values,
    };
}

export function line(id, name, kind, values = {}) {
    return {
        id,
        sample_id: 2,
        sequence: id,
        name,
        kind,
        defect_class: "minor",
        has_lower: false,
        has_upper: false,
        has_target: false,
        lower: false,
        target: false,
        upper: false,
        uom: false,
        units: [],
        method: false,
        operation: false,
        instruction: false,
        is_required: true,
        per_unit: false,
        sample_size: 5,
        instrument: false,
        instruments: [],
        defect_count: false,
        text_value: false,
        result: "pending",
        attachments: [],
        measurements: [],
        ...values,
    };
}

export function measure(id, name, values = {}) {
    return line(id, name, "measure", {
        sample_id: 1,
        defect_class: "major",
        has_lower: true,
        has_upper: true,
        uom: { id: 3, name: "mm" },
        units: [{ id: 3, name: "mm", factor: 1 }],
        per_unit: true,
        ...values,
    });
}
