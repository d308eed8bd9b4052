/** Formats that are looked for: what the house prints, and what suppliers put on their goods. */
const FORMATS = [
    "AZTEC",
    "CODE_128",
    "CODE_39",
    "DATA_MATRIX",
    "EAN_13",
    "EAN_8",
    "ITF",
    "PDF_417",
    "QR_CODE",
    "UPC_A",
    "UPC_E",
];
/**
 * ZXing (0.21.3) finds one in twenty QR codes in no picture in which they stand upright, however sharp it is, and all of
 * them once they are turned a little: every second look turns the picture by ten degrees.
 */
const TURNS = [0, Math.PI / 18];

/** ZXing with the interface of the browser's BarcodeDetector, as far as the camera needs it. */
export class CodeReader {
    /** @param {Object} ZXing the library, as the web client has it */
    constructor(ZXing) {
        const { BarcodeFormat, DecodeHintType, MultiFormatReader } = ZXing;
        this.ZXing = ZXing;
        this.reader = new MultiFormatReader();
        this.reader.setHints(
            new Map([
                [DecodeHintType.POSSIBLE_FORMATS, FORMATS.map((name) => BarcodeFormat[name])],
                [DecodeHintType.TRY_HARDER, true], // lines that run upwards, too
            ])
        );
        this.canvas = document.createElement("canvas");
        this.looks = 0;
    }

    /**
     * @param {HTMLVideoElement} video
     * @returns {Promise<{rawValue: string, format: string}[]>} what is in the picture: one code or none
     */
    async detect(video) {
        const { BarcodeFormat, BinaryBitmap, HTMLCanvasElementLuminanceSource, HybridBinarizer } = this.ZXing;
        this.draw(video, TURNS[this.looks++ % TURNS.length]);
        const picture = new HybridBinarizer(new HTMLCanvasElementLuminanceSource(this.canvas));
        try {
            const code = this.reader.decodeWithState(new BinaryBitmap(picture));
            return [{ rawValue: code.getText(), format: BarcodeFormat[code.getBarcodeFormat()].toLowerCase() }];
        } catch (error) {
            if (error.name === "NotFoundException") {
                return [];
            }
            throw error;
        }
    }

    /** The picture, turned about its middle. */
    draw(video, turn) {
        const { videoWidth: width, videoHeight: height } = video;
        Object.assign(this.canvas, { width, height });
        const pen = this.canvas.getContext("2d", { willReadFrequently: true });
        pen.translate(width / 2, height / 2);
        pen.rotate(turn);
        pen.drawImage(video, -width / 2, -height / 2);
    }
}
