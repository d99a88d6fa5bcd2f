// A recording read by the browser: docs/reference/recording.md says what is in it.

const MAGIC = "LINLIREC";
const HEAD = 16; // bytes before the header in JSON
const ARRAYS = { f4: Float32Array, i2: Int16Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array };

/** What a recording is of, and its sections as typed arrays: {about, "acts.who": Uint16Array, ...}. Throws Error. */
export function readRecording(buffer) {
  const view = new DataView(buffer);
  const magic = new TextDecoder().decode(new Uint8Array(buffer, 0, Math.min(MAGIC.length, buffer.byteLength)));
  if (magic !== MAGIC) throw new Error("this is no recording of a town");
  if (view.getUint16(8, true) !== 1) throw new Error(`a recording of version ${view.getUint16(8, true)}`);
  const length = view.getUint32(12, true);
  const about = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, HEAD, length)));
  const found = { about };
  for (const [name, { type, at, shape }] of Object.entries(about.sections)) {
    const size = shape.reduce((product, n) => product * n, 1);
    found[name] = new ARRAYS[type](buffer, HEAD + length + at, size);
  }
  return found;
}
