import { formatFloat } from "@web/core/utils/numbers";

/** Steps that read well. */
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * About `count` round numbers from `low` to `high`.
 *
 * @returns {{ values: number[], step: number }}
 */
export function niceTicks(low, high, count = 5) {
    const raw = (high - low) / Math.max(1, count);
    if (!(raw > 0) || !Number.isFinite(raw)) {
        return { values: [low], step: Math.abs(low) || 1 };
    }
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = STEPS.find((size) => size * power >= raw * 0.999) * power;
    const values = [];
    for (let turn = Math.ceil(low / step - 1e-9); turn * step <= high + step * 1e-9; turn++) {
        values.push(turn * step);
    }
    return { values, step };
}

/** A linear map of [low, high] onto [from, to]; the middle where there is no width. */
export function linear(low, high, from, to) {
    const width = high - low;
    return (value) => (width ? from + ((value - low) / width) * (to - from) : (from + to) / 2);
}

/** Decimals that tell numbers apart that are `step` away from each other. */
export function decimalsOf(step) {
    if (!(step > 0)) {
        return 0;
    }
    let decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    while (decimals < 10 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) {
        decimals++;
    }
    return decimals;
}

export function formatTick(value, step) {
    // -0 and 1e-17 are 0
    return formatFloat(Math.abs(value) < step * 1e-6 ? 0 : value, { digits: [16, decimalsOf(step)] });
}

/** About `count` ticks of an axis: where each stands by the `scale`, and its text. */
export function axisTicks(scale, low, high, count) {
    const { values, step } = niceTicks(low, high, count);
    return values.map((value) => ({ at: scale(value), text: formatTick(value, step), value }));
}

/** Where a drawing lies within its margins. */
export function frameOf(width, height, { left, right, top, bottom }) {
    return { width, left, right: width - right, top, bottom: height - bottom };
}

/** So many decimals that a value shows about `figures` of its spread. */
export function formatValue(value, spread, figures = 3) {
    const size = Math.abs(spread) || Math.abs(value) || 1;
    const decimals = Math.min(9, Math.max(0, figures - 1 - Math.floor(Math.log10(size))));
    return formatFloat(value, { digits: [16, decimals] });
}

/** Path through points [x, y]. */
export function pathOf(points) {
    return points.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(2)},${y.toFixed(2)}`).join("");
}

/** Lowest and highest of the numbers, with a little air; never without height. */
export function spanOf(numbers, air = 0.08) {
    const finite = numbers.filter(Number.isFinite);
    const low = Math.min(...finite);
    const high = Math.max(...finite);
    const pad = (high - low) * air || Math.abs(high) * air || 1;
    return [low - pad, high + pad];
}
