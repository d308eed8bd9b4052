/* The page of a crate: a signature is drawn, photos are made smaller before they are sent. Without it the page still
   works: a photo of the signed paper takes the place of the signature. No framework: it is loaded on a building site. */
(function () {
    "use strict";

    const LONGEST_SIDE = 2000;
    const SMALL_ENOUGH = 1.5e6;

    /** Draw into the box; what was drawn goes along with the form. */
    function prepareSignature(canvas, input, clear) {
        const pen = canvas.getContext("2d");
        let isDrawn = false;
        const place = (event) => {
            const box = canvas.getBoundingClientRect();
            return [
                ((event.clientX - box.left) * canvas.width) / box.width,
                ((event.clientY - box.top) * canvas.height) / box.height,
            ];
        };
        pen.lineWidth = 3;
        pen.lineCap = "round";
        canvas.hidden = clear.hidden = false;
        canvas.addEventListener("pointerdown", (event) => {
            canvas.setPointerCapture(event.pointerId);
            pen.beginPath();
            pen.moveTo(...place(event));
            event.preventDefault();
        });
        canvas.addEventListener("pointermove", (event) => {
            if (canvas.hasPointerCapture(event.pointerId)) {
                pen.lineTo(...place(event));
                pen.stroke();
                isDrawn = true;
            }
        });
        clear.addEventListener("click", () => {
            pen.clearRect(0, 0, canvas.width, canvas.height);
            isDrawn = false;
        });
        return () => {
            input.value = isDrawn ? canvas.toDataURL("image/png") : "";
        };
    }

    /** A photo that is small enough to be sent from a building site; the file itself where it cannot be drawn. */
    async function shrink(file) {
        if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) {
            return file;
        }
        try {
            const picture = await createImageBitmap(file);
            const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
            const canvas = document.createElement("canvas");
            canvas.width = Math.round(picture.width * scale);
            canvas.height = Math.round(picture.height * scale);
            canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
            const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
            return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type }) : file;
        } catch {
            return file;
        }
    }

    async function shrinkAll(input) {
        const transfer = new DataTransfer();
        for (const file of input.files) {
            transfer.items.add(await shrink(file));
        }
        input.files = transfer.files;
    }

    const form = document.querySelector("form.crate");
    if (!form) {
        return;
    }
    const canvas = form.querySelector("canvas");
    const sign = canvas && prepareSignature(canvas, form.elements.signature, form.querySelector("button.clear"));
    const photos = form.querySelector("input[type=file]");
    let isReady = false;
    form.addEventListener("submit", async (event) => {
        if (isReady) {
            return;
        }
        event.preventDefault();
        isReady = true;
        if (sign) {
            sign();
        }
        form.querySelector("button[type=submit]").disabled = true;
        if (photos) {
            await shrinkAll(photos);
        }
        form.submit();
    });
})();
