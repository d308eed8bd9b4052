import { Component, onMounted, useRef, useState } from "@odoo/owl";

/** A code that no scanner reads any more, typed by hand. */
export class HandEntry extends Component {
    static template = "warehouse_scan.HandEntry";
    static props = { text: String, onEnter: Function, close: Function };

    setup() {
        this.state = useState({ text: this.props.text });
        this.input = useRef("input");
        onMounted(() => this.input.el.focus());
    }

    enter() {
        const text = this.state.text.trim();
        return text ? this.props.onEnter(text) : this.props.close();
    }
}
