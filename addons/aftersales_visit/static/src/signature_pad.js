import { Component, onMounted, useRef } from "@odoo/owl";

/** Where the customer signs with his finger. */
export class SignaturePad extends Component {
    static template = "aftersales_visit.SignaturePad";
    static props = { onChange: Function };

    setup() {
        this.canvas = useRef("canvas");
        onMounted(() => this.clear());
    }

    clear() {
        const canvas = this.canvas.el;
        const { width, height } = canvas.getBoundingClientRect();
        Object.assign(canvas, { width: Math.max(1, width * 2), height: Math.max(1, height * 2) });
        const pen = (this.pen = canvas.getContext("2d"));
        pen.fillStyle = "white";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        Object.assign(pen, { strokeStyle: "black", lineWidth: 5, lineCap: "round", lineJoin: "round" });
        this.length = 0;
        this.props.onChange("");
    }

    at(event) {
        const { left, top } = this.canvas.el.getBoundingClientRect();
        return [(event.clientX - left) * 2, (event.clientY - top) * 2];
    }

    start(event) {
        this.canvas.el.setPointerCapture?.(event.pointerId);
        this.last = this.at(event);
    }

    move(event) {
        if (!this.last) {
            return;
        }
        const point = this.at(event);
        this.length += Math.hypot(point[0] - this.last[0], point[1] - this.last[1]);
        this.pen.beginPath();
        this.pen.moveTo(...this.last);
        this.pen.lineTo(...point);
        this.pen.stroke();
        this.last = point;
    }

    stop() {
        this.last = null;
        if (this.length > 60) {
            // a touch by mistake is no signature
            const data = this.canvas.el.toDataURL("image/png");
            this.props.onChange(data.slice(data.indexOf(",") + 1));
        }
    }
}
