const LONGEST = 1600;
const QUALITY = 0.85;

/**
 * A photo as base64 JPEG, at most 1600 pixels long: a phone's 8 MB must not travel over a workshop's Wi-Fi.
 *
 * @param {File} file
 * @returns {Promise<{name: string, data: string}>}
 */
export async function shrinkPhoto(file) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const [, data] = canvas.toDataURL("image/jpeg", QUALITY).split(",");
    return { name: file.name.replace(/\.[^.]*$/, "") + ".jpg", data };
}
