/** Longest side and quality of photos that leave the device. Redrawing also drops location, serial numbers and the rest of the metadata. */
const LONGEST = 1600;
const QUALITY = 0.82;

export type Shrunk = { file: File; clean: boolean };

export async function shrink(file: File): Promise<Shrunk> {
  try {
    const picture = await decode(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    if ("close" in picture) picture.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob) throw new Error("the canvas gave no picture");
    return { file: new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified }), clean: true };
  } catch {
    // A kind of picture this browser cannot read goes as it is; the server strips it.
    return { file, clean: false };
  }
}

/** Both ways turn the picture upright as its orientation tag says. */
async function decode(file: File): Promise<ImageBitmap | HTMLImageElement> {
  if ("createImageBitmap" in window) {
    try {
      return await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      // Older browsers refuse the option for some kinds; the element below may still read it.
    }
  }
  const image = new Image();
  const address = URL.createObjectURL(file);
  try {
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}
