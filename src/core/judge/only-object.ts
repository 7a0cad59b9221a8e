/** Checklists with long quotes take 10 kB; a reply beyond this is not an answer. UTF-16 units. */
const MAX_REPLY_LENGTH = 200_000;

/**
 * The one JSON object in a reply, however it is wrapped: thoughts before it, a code fence or prose around it. Undefined where there
 * is none, or more than one. Takes anything; never throws.
 */
export function onlyObject(text: string): object | undefined {
  if (text.length > MAX_REPLY_LENGTH) return undefined;
  // Whole first: a quote inside the JSON may itself contain a closing tag or braces.
  const [, name] = /^\s*<(think|thinking|thought|reasoning|reflection|analysis)>/i.exec(text) ?? [];
  const reply = name === undefined ? text : after(text, text.indexOf(`</${name}>`), `</${name}>`.length);
  const last = [...reply.matchAll(/<\/(?:think|thinking|thought|reasoning|reflection|analysis)>/gi)].at(-1);
  return theObjectIn(reply) ?? (last === undefined ? undefined : theObjectIn(after(reply, last.index, last[0].length)));
}

/** Some chat templates swallow the opening tag of thoughts; then all that stands before the last closing one is thought. */
const after = (text: string, at: number, length: number): string => (at === -1 ? text : text.slice(at + length));

function theObjectIn(text: string): object | undefined {
  const whole = parseObject(text);
  if (whole !== undefined) return whole;
  const objects = balancedSpans(text).flatMap(span => parseObject(span) ?? []);
  return objects.length === 1 ? objects[0] : undefined;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The outermost `{…}` spans, braces in strings not counted. One pass; what is left open at the end is not a span. */
function balancedSpans(text: string): readonly string[] {
  const spans: string[] = [];
  let depth = 0;
  let start = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = depth > 0;
    else if (character === '{') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) spans.push(text.slice(start, index + 1));
    }
  }
  return spans;
}
