/* The page of a crate: a signature is drawn, photos are made smaller before they are sent. Without it the page still
   works: a photo of the signed paper takes the place of the signature. No framework: it is loaded on a building site. */
(function () {
    "use strict";

    const LONGEST_SIDE = 2000;
    const SMALL_ENOUGH = 1.5e6;

    /** Draw into the box; what was drawn goes along with the form, and is there again where the form comes back. */
    function prepareSignature(box, input) {
        const canvas = box.querySelector("canvas");
        const pen = canvas.getContext("2d");
        let isDrawn = false;
        const place = (event) => {
            const { left, top, width, height } = canvas.getBoundingClientRect();
            return [((event.clientX - left) * canvas.width) / width, ((event.clientY - top) * canvas.height) / height];
        };
        const clear = () => {
            pen.fillStyle = "white";
            pen.fillRect(0, 0, canvas.width, canvas.height);
            isDrawn = false;
        };
        box.hidden = false;
        const { width, height } = canvas.getBoundingClientRect(); // as it is shown, or the signature is stretched
        Object.assign(canvas, { width: Math.round(width * 2), height: Math.round(height * 2) });
        Object.assign(pen, { strokeStyle: "black", lineWidth: 5, lineCap: "round", lineJoin: "round" });
        clear();
        const before = new Image();
        before.onload = () => {
            pen.drawImage(before, 0, 0, canvas.width, canvas.height);
            isDrawn = true;
        };
        if (input.value.startsWith("data:image/png;base64,")) {
            before.src = input.value;
        }
        let last = null;
        canvas.addEventListener("pointerdown", (event) => {
            if (event.isPrimary) {
                canvas.setPointerCapture(event.pointerId);
                last = place(event);
                event.preventDefault();
            }
        });
        canvas.addEventListener("pointermove", (event) => {
            if (last && event.isPrimary) {
                pen.beginPath();
                pen.moveTo(...last);
                pen.lineTo(...(last = place(event)));
                pen.stroke();
                isDrawn = true;
            }
        });
        for (const end of ["pointerup", "pointercancel"]) {
            canvas.addEventListener(end, () => (last = null));
        }
        box.querySelector("button.clear").addEventListener("click", clear);
        return () => {
            input.value = isDrawn ? canvas.toDataURL("image/png") : "";
        };
    }

    /** A photo that is small enough to be sent from a building site; the file itself where it cannot be drawn. */
    async function shrink(file) {
        if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) {
            return file;
        }
        const picture = await createImageBitmap(file);
        const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(picture.width * scale));
        canvas.height = Math.max(1, Math.round(picture.height * scale));
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        picture.close(); // twenty of them are more than a telephone holds
        const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
        return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type }) : file;
    }

    /** Make all smaller. What is too large all the same is not sent, and named by the answer: a proxy on the way might
        refuse the whole page for it, with all that was typed and signed. */
    async function shrinkAll(input, unsent) {
        const transfer = new DataTransfer();
        const left = [];
        for (const file of input.files) {
            const sent = await shrink(file).catch(() => file);
            const size = sent.size / 2 ** 20;
            if (size > Number(input.dataset.most)) {
                left.push(`${file.name} (${size.toFixed(1)} MB)`);
            } else {
                transfer.items.add(sent);
            }
        }
        input.files = transfer.files;
        unsent.value = left.join(", ");
    }

    const form = document.querySelector("form.crate");
    if (!form) {
        return;
    }
    const box = form.querySelector(".signature");
    const sign = box && prepareSignature(box, form.elements.signature);
    const button = form.querySelector("button[type=submit]");
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (button.disabled) {
            return; // it is under way
        }
        button.disabled = true;
        sign?.();
        try {
            await shrinkAll(form.elements.photos, form.elements.unsent);
        } catch {
            // an old telephone: photos go as they are, and the answer says which are too large
        }
        form.submit();
    });
    // Back on the page after a failure of the net, as telephones keep it: it can be sent again.
    window.addEventListener("pageshow", () => (button.disabled = false));
})();
