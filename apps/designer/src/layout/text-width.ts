/** How wide text gets in the interface's typeface, without a browser: near enough to break lines and to space labels. */

const NARROW = new Set("iljtfrI.,:;'’!|()[]{}/ -“”‘`");
const WIDE = new Set("mwMW@%—…ШЩЮЖФшщюжфмМ");

function share(letter: string): number {
  if (NARROW.has(letter)) return 0.33;
  if (WIDE.has(letter)) return 0.88;
  return letter === letter.toLowerCase() ? 0.57 : 0.7;
}

/** Pixels, a little more rather than less. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const letter of text) width += share(letter);
  return width * fontSize;
}

/** The lines that the text takes when it is broken between words, up to `most`. */
export function lineCount(text: string, fontSize: number, width: number, most = 2): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(/\s+/)) {
    const wide = textWidth(word, fontSize);
    if (used > 0 && used + wide > width) {
      lines += 1;
      used = 0;
    }
    used += wide + 0.33 * fontSize;
    if (used > width + 0.33 * fontSize) lines += Math.floor(used / width);
  }
  return Math.min(lines, most);
}
