import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { CodeReader } from "./code_reader";

/** Milliseconds between two looks, and until the same code that stays in the picture counts once more. */
const PAUSE = 120;
const AGAIN = 2000;
/** Longer side of the picture that is searched. */
const WIDTH = 1280;
/** AIM identifiers of what has one meaning only; whether a QR code or Code 128 is GS1 its content says. */
const SYMBOLOGIES = { ean_13: "]E0", ean_8: "]E4", upc_a: "]E0" };

function loadScript(url) {
    return new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: url });
        script.onload = resolve;
        script.onerror = () => {
            script.remove();
            reject(new Error(url));
        };
        document.head.append(script);
    });
}

let loading = null;

/** The browser's own decoder, or ZXing as the web client has it, loaded when it is first needed. */
export async function getDetector(library) {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
        return new BarcodeDetector();
    }
    if (!window.ZXing) {
        loading ||= loadScript(library);
        await loading.catch((error) => {
            loading = null;
            throw error;
        });
    }
    return new CodeReader(window.ZXing);
}

/** The camera as a scanner; it stays open until it is closed. */
export class Camera extends Component {
    static template = "warehouse_scan.Camera";
    static props = { library: { type: String, optional: true }, onScan: Function, close: Function };

    setup() {
        this.video = useRef("video");
        this.state = useState({ problem: "", isReady: false, hasTorch: false, isLit: false, isSeen: false });
        this.last = { raw: "", time: 0 };
        onMounted(() => this.open());
        onWillUnmount(() => this.stop());
    }

    async open() {
        try {
            const video = { facingMode: "environment", width: { ideal: WIDTH } };
            this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
        } catch (error) {
            this.state.problem =
                error.name === "NotAllowedError"
                    ? _t("The camera is not allowed. Allow it in the settings of the browser.")
                    : _t("No camera can be used here. Cameras need https.");
            return;
        }
        try {
            this.detector = await getDetector(this.props.library);
        } catch {
            this.state.problem = _t(
                "The reader of codes is not on this device yet: open the camera once with network."
            );
            return;
        }
        if (this.isStopped) {
            return this.stop();
        }
        this.video.el.srcObject = this.stream;
        await this.video.el.play().catch(() => {});
        const [track] = this.stream.getVideoTracks();
        Object.assign(this.state, { isReady: true, hasTorch: Boolean(track.getCapabilities?.().torch) });
        this.look();
    }

    stop() {
        this.isStopped = true;
        clearTimeout(this.timer);
        this.stream?.getTracks().forEach((track) => track.stop());
    }

    async look() {
        if (this.isStopped) {
            return;
        }
        try {
            if (this.video.el.readyState > 1) {
                const [code] = await this.detector.detect(this.video.el);
                code?.rawValue && this.see(code);
            }
        } catch {
            // a picture that cannot be read: the next one
        }
        this.timer = setTimeout(() => this.look(), PAUSE);
    }

    /** A code counts once as long as it stays in the picture. */
    see({ rawValue: raw, format }) {
        const time = performance.now();
        const isSame = raw === this.last.raw && time - this.last.time < AGAIN;
        this.last = { raw, time };
        if (!isSame) {
            const symbology = SYMBOLOGIES[Array.isArray(format) ? format[0] : format];
            this.props.onScan({ raw, symbology, suffix: "", duration: 0 });
        }
    }

    async light() {
        this.state.isLit = !this.state.isLit;
        const [track] = this.stream.getVideoTracks();
        await track.applyConstraints({ advanced: [{ torch: this.state.isLit }] }).catch(() => {});
    }
}
