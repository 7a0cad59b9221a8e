import { closest } from '../closest.ts';
import { segmentOf } from './construct.ts';
import { describe, type MappingNode, type Node, type SequenceNode } from './node.ts';
import { integerOf } from './plain.ts';
import { repeatedItems } from './repeated-items.ts';
import type { Report } from './reporter.ts';
import type { MappingShape, Shape } from './schema.ts';

/** Reports everything in the value that the schema does not allow, as JSON Schema would, in words for people. */
export function checkSchema(node: Node, shape: Shape, yamlPath: string, report: Report): void {
  const type = (expected: string): void => {
    const isEmpty = node.kind === 'scalar' && node.type === 'null';
    const message = isEmpty
      ? `${titleOf(yamlPath)} is empty. It must be ${expected}.`
      : `${titleOf(yamlPath)} must be ${expected}, but this is ${describe(node)}.${hintFor(node, shape)}`;
    report({ rule: 'schema/type', message, yamlPath, position: node.position, flagged: flagOf(node) });
  };
  switch (shape.is) {
    case 'text':
      if (node.kind !== 'scalar' || node.type !== 'text') type('text');
      else if (saysTooLittle(node.text, shape.least)) {
        const message = `${titleOf(yamlPath)} is empty. Write some text.`;
        report({ rule: 'schema/empty-text', message, yamlPath, position: node.position });
      }
      break;
    case 'version':
      checkVersion(node, shape, yamlPath, report);
      break;
    case 'list':
      if (node.kind !== 'sequence') type('a list, each item beginning with `- `');
      else checkList(node, shape, yamlPath, report);
      break;
    case 'mapping':
      if (node.kind !== 'mapping') type(`a mapping with the keys ${listOf(shape.required)}`);
      else checkMapping(node, shape, yamlPath, report);
      break;
  }
}

const saysTooLittle = (text: string, least: Extract<Shape, { is: 'text' }>['least']): boolean =>
  least !== 'nothing' && (least === 'words' ? text.trim() : text) === '';

function checkVersion(
  node: Node,
  { number: wanted, sinceThen }: Extract<Shape, { is: 'version' }>,
  yamlPath: string,
  report: Report,
): void {
  if (node.kind === 'scalar' && node.type === 'integer' && integerOf(node.text) === wanted) return;
  if (node.kind === 'scalar' && node.type === 'float' && Number(node.text) === wanted) return;
  const given = node.kind === 'scalar' && node.text !== '' ? `\`${node.text.slice(0, 40)}\`` : describe(node);
  const isOlder = node.kind === 'scalar' && node.type === 'integer' && integerOf(node.text) < wanted;
  const message =
    node.kind === 'scalar' && node.type === 'text' && node.text === String(wanted)
      ? `The version must be a number, but ${given} is in quotes. Write \`version: ${wanted}\`.`
      : `The version must be ${wanted}, but this is ${given}. ${(isOlder && sinceThen) || `Write \`version: ${wanted}\`.`}`;
  report({ rule: 'schema/version', message, yamlPath, position: node.position, flagged: flagOf(node) });
}

function checkList(node: SequenceNode, shape: Extract<Shape, { is: 'list' }>, yamlPath: string, report: Report): void {
  const { items, position } = node;
  if (items.length < shape.atLeast) {
    const message = `At least ${shape.atLeast} ${shape.noun} are needed; here ${items.length === 1 ? 'is 1' : `are ${items.length}`}. Add ${shape.atLeast - items.length} more.`;
    report({ rule: 'schema/too-few-items', message, yamlPath, position, flagged: String(items.length) });
  }
  if (shape.unique) {
    const repeated = repeatedItems(items);
    const [first] = repeated;
    if (first) {
      const lines = repeated.map(({ item, twin }) => `line ${item.position.line} repeats line ${twin.position.line}`);
      const shown = lines.slice(0, 5).join(', ') + (lines.length > 5 ? ` and ${lines.length - 5} more` : '');
      const message = `The ${shape.noun} must differ from one another, but ${shown}. Change or remove the copies.`;
      report({ rule: 'schema/repeated-item', message, yamlPath, position, flagged: first.hash });
    }
  }
  for (const [index, item] of items.entries()) checkSchema(item, shape.of, `${yamlPath}[${index}]`, report);
}

/** Keys of older templates, and what became of them. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['attribution', 'Sources now stand in `attribution.txt` beside the file.'],
]);

function checkMapping({ entries, position }: MappingNode, shape: MappingShape, yamlPath: string, report: Report): void {
  const prefix = yamlPath === '.' ? '' : yamlPath;
  const known = Object.keys(shape.keys);
  const unknown = shape.otherKeys === 'allowed' ? [] : [...entries.keys()].filter(key => !known.includes(key));
  for (const key of shape.required) {
    if (entries.has(key)) continue;
    const misspelt = unknown.find(each => closest(each, [key]) !== undefined);
    const wanted = shape.keys[key];
    const add =
      wanted?.is === 'version'
        ? `Write \`version: ${wanted.number}\` as the first line.`
        : `Add \`${key}:\`${placeOf(yamlPath)}.`;
    const hint = misspelt === undefined ? add : `Is \`${misspelt.slice(0, 40)}\` meant to be it?`;
    report({ rule: 'schema/required', message: `\`${key}\` is missing. ${hint}`, yamlPath, position, flagged: key });
  }
  if (shape.otherKeys === 'told together' && unknown.length > 0) {
    const shown = listOf(unknown.slice(0, 5).map(key => key.slice(0, 40))) + (unknown.length > 5 ? ' …' : '');
    const message = `The schema does not have ${unknown.length === 1 ? 'the key' : 'the keys'} ${shown}. The keys here are ${listOf(known)}.`;
    report({ rule: 'schema/unknown-key', message, yamlPath, position, flagged: unknown.join(' ') });
  }
  for (const key of shape.otherKeys === 'told' ? unknown : []) {
    const entry = entries.get(key);
    if (entry === undefined) continue;
    const meant = closest(
      key,
      known.filter(each => !entries.has(each)),
    );
    const instead = MOVED.get(key) ?? `Use one of ${listOf(known)}, or take it out.`;
    const hint = meant === undefined ? instead : `Did you mean \`${meant}\`?`;
    const message = `\`${key.slice(0, 40)}\` is not a key of the schema. ${hint}`;
    const path = `${prefix}${segmentOf(key)}`;
    report({ rule: 'schema/unknown-key', message, yamlPath: path, position: entry.key, flagged: key });
  }
  for (const [key, child] of Object.entries(shape.keys)) {
    const entry = entries.get(key);
    if (entry) checkSchema(entry.value, child, `${prefix}.${key}`, report);
  }
}

/** `` `answer` ``; of an item its list: "Item 3 of `seed_examples`". */
function titleOf(yamlPath: string): string {
  const [, list, index] = /\.(\w+)\[(\d+)\]$/.exec(yamlPath) ?? [];
  if (list !== undefined) return `Item ${Number(index) + 1} of \`${list}\``;
  return `\`${yamlPath.slice(yamlPath.lastIndexOf('.') + 1)}\``;
}

function placeOf(yamlPath: string): string {
  if (yamlPath === '.') return ' at the top level';
  return yamlPath.endsWith(']') ? ' to this item' : ` to \`${yamlPath.slice(yamlPath.lastIndexOf('.') + 1)}\``;
}

/** What to do about a value that was meant as text but is something else to YAML. */
function hintFor(node: Node, shape: Shape): string {
  if (shape.is !== 'text') return '';
  if (node.kind === 'scalar') return ' Put it in quotes.';
  return ' If it is meant as text, put it in quotes or on lines of its own after `|`.';
}

const flagOf = (node: Node): string => (node.kind === 'scalar' ? node.text : node.kind);

const listOf = (keys: readonly string[]): string => keys.map(key => `\`${key}\``).join(', ');
