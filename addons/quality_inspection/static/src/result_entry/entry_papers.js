import { Component } from "@odoo/owl";

/** Released drawings and agreements at hand, instruction of the plan, and what is missing. */
export class EntryPapers extends Component {
    static template = "quality_inspection.EntryPapers";
    static props = { data: Object, readonly: Boolean, onMissing: Function, onComplete: Function };
}
