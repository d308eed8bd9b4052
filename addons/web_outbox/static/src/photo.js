/** Pixels of the longer side, and quality: enough to read a nameplate. */
const LONGEST = 1600;
const QUALITY = 0.8;

/**
 * A photo as it is kept and sent: a camera's 30 MB are some hundred KB then.
 *
 * @param {Blob} file
 * @returns {Promise<Blob>} JPEG
 * @throws where it is no picture that the browser can read
 */
export async function scaleDown(file) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const scaled = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!scaled) {
        throw new Error("no picture");
    }
    return scaled;
}
