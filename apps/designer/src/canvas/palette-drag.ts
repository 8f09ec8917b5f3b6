/** What a dragged entry of the palette is known by. */
export const PALETTE_MIME = "application/x-holdfast-node";
