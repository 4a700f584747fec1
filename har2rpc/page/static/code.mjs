// A text with its colors: the text first, as one node that is copied and searched as it is; the colors after, as ranges
// that the browser paints (CSS Custom Highlight API). A browser without it shows the text plain.

const STYLES = ["keyword", "string", "number", "comment", "name"];

export function showText(place, text) {
  clearColors();
  place.textContent = text;
}

/** Paints `spans` (`[start, end, style]`) over the text of a place, beside those that are there. */
export function paint(place, spans) {
  const node = place.firstChild;
  if (!node || !globalThis.Highlight || !CSS.highlights) return;
  for (const style of STYLES) {
    const colored = CSS.highlights.get(`code-${style}`) ?? new Highlight();
    for (const [start, end, name] of spans) {
      if (name !== style || end > node.length) continue;
      colored.add(new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }));
    }
    CSS.highlights.set(`code-${style}`, colored);
  }
}

function clearColors() {
  for (const style of STYLES) globalThis.CSS?.highlights?.delete(`code-${style}`);
}
