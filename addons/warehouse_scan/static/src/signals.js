/** [Hertz, seconds after the first, seconds long] of each tone; milliseconds of vibration and pause. */
const SIGNALS = {
    success: { tones: [[1320, 0, 0.09]], vibration: [40] },
    info: { tones: [[880, 0, 0.07]], vibration: [40] },
    queued: { tones: [[660, 0, 0.06]], vibration: [20] },
    warning: { tones: [[660, 0, 0.12], [660, 0.18, 0.12]], vibration: [80, 60, 80] }, // prettier-ignore
    error: { tones: [[220, 0, 0.22], [160, 0.26, 0.34]], vibration: [250, 100, 250] }, // prettier-ignore
};

/** Right and wrong, for the ear and the hand: the eyes are on the goods. */
export class Signals {
    constructor() {
        this.last = "";
    }

    /** @param {"success" | "info" | "queued" | "warning" | "error"} kind */
    play(kind) {
        this.last = kind;
        const { tones, vibration } = SIGNALS[kind] || SIGNALS.info;
        try {
            navigator.vibrate?.(vibration);
            this.context ||= new AudioContext();
            this.context.resume(); // it sleeps until somebody has touched the page
            for (const [hertz, after, length] of tones) {
                this.playTone(hertz, this.context.currentTime + after, length, kind === "error" ? "square" : "sine");
            }
        } catch {
            // a device without sound: the colours say the same
        }
    }

    playTone(hertz, start, length, type) {
        const oscillator = this.context.createOscillator();
        const volume = this.context.createGain();
        Object.assign(oscillator, { type });
        oscillator.frequency.value = hertz;
        volume.gain.setValueAtTime(0.25, start);
        volume.gain.exponentialRampToValueAtTime(0.001, start + length);
        oscillator.connect(volume).connect(this.context.destination);
        oscillator.start(start);
        oscillator.stop(start + length);
    }
}
