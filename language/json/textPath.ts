/** The path of a place in a JSON text, as Newtonsoft's JsonReader.Path tells it in the messages of malformed text: `lines[0].sku`. */

/** An object or array that is open at the place. */
interface Container {
  readonly isArray: boolean;
  /** The item begun last; -1 before the first one. */
  index: number;
  /** The property named last; it is one once its colon is read. */
  name: string | undefined;
  nextName: string | undefined;
  isNameNext: boolean;
}

const TOKEN = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\/\*[^]*?\*\/|\/\/.*|[{}[\],:]|[^\s{}[\],:"'/]+/gy;
const BLANKS = /\s+/y;

/** Longer paths lose their beginning: they stand in messages. */
const MAX_LENGTH = 300;

/** The path of what has been read before `offset`: the property or item that was begun last, in all that is open. */
export function pathAt(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const open: Container[] = [];
  let at = before.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < before.length) {
    BLANKS.lastIndex = at;
    if (BLANKS.test(before)) {
      at = BLANKS.lastIndex;
      continue;
    }
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(before) ?? [];
    if (token === undefined) break;
    at += token.length;
    read(token, open);
  }
  const path = open.map(written).join('').replace(/^\./, '');
  return path.length > MAX_LENGTH ? `…${path.slice(-MAX_LENGTH)}` : path;
}

/** Takes in one token. */
function read(token: string, open: Container[]): void {
  const container = open.at(-1);
  if (token.startsWith('/*') || token.startsWith('//')) return;
  switch (token) {
    case '{':
    case '[':
      if (container !== undefined) container.index++;
      open.push({ isArray: token === '[', index: -1, name: undefined, nextName: undefined, isNameNext: token === '{' });
      return;
    case '}':
    case ']':
      open.pop();
      return;
    case ':':
      if (container !== undefined) container.name = container.nextName;
      return;
    case ',':
      if (container !== undefined) container.isNameNext = !container.isArray;
      return;
    default:
  }
  if (container === undefined) return;
  if (container.isNameNext) {
    container.nextName = /^["']/.test(token) ? token.slice(1, -1) : token;
    container.isNameNext = false;
  } else {
    container.index++;
  }
}

/** What JsonPosition writes in brackets and quotes instead of behind a point. */
const SPECIAL = /[ ./'"[\]()\t\n\r\f\b\\\u0085\u2028\u2029]/;

function written({ isArray, index, name }: Container): string {
  if (isArray) return index < 0 ? '' : `[${index}]`;
  if (name === undefined) return '';
  return SPECIAL.test(name) ? `['${name.replaceAll("'", "\\'")}']` : `.${name}`;
}
