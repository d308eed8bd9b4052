/** What is more is a code that was read as a quantity. */
const MOST = 1e7;
const KINDS = ["quantity", "text"];

/**
 * What is typed and not taken yet: `{run, kind, target, text, label, unit, isTouched, isOwn}`.
 *
 * @param {string} run
 * @param {Object} input of the server's answer, or what the person wants to change by himself (isOwn)
 */
export function makeDraft(run, { kind, id, value, label, unit }, isOwn = false) {
    return { run, kind, target: id, text: `${value ?? ""}`, label, unit, isTouched: false, isOwn };
}

/** The draft that belongs to an answer: what is typed already stays as long as it is asked for. */
export function followAnswer(draft, run) {
    const input = run?.data?.input;
    const isAsked = KINDS.includes(input?.kind);
    if (draft?.isTouched && draft.run === run?.id && (draft.isOwn || (isAsked && draft.target === input.id))) {
        return draft;
    }
    return isAsked ? makeDraft(run.id, input) : null;
}

/** What is typed as it is sent; null where it is no quantity, or nothing. */
export function readDraft({ kind, text }) {
    if (kind === "text") {
        return text.trim() || null;
    }
    const number = Number(text.replace(/[,，。]/, "."));
    return text.trim() && Number.isFinite(number) && number >= 0 && number < MOST ? number : null;
}
