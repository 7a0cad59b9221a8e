import type { Nodes, Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { closest } from '../closest.ts';
import { commands } from './registry.ts';
import type { Verb } from './registry.ts';

/** What somebody asked for, as it stands in a comment. */
export type ParsedCommand =
  | { readonly type: Verb; readonly arguments: readonly string[] }
  | {
      readonly type: 'unknown';
      /** What followed `/assay`, for the reply; a contributor's text. */
      readonly text: string;
      readonly didYouMean?: Verb;
    };

/** More in one comment are not read. */
export const MAX_COMMANDS = 10;

/** GitHub's own limit. Longer texts are no comments. */
const MAX_LENGTH = 65_536;

/** Reading stops after this much: Markdown made to keep a parser busy is never longer than what people write by hand. */
const MAX_READ = 16_384;

const mention = /^[\s\u200B-\u200D\u2060\uFEFF]*\/assay(?=\s|$)/i;

/**
 * The commands in a comment: lines that begin with `/assay`, in paragraphs of the comment itself. Code, quotes, lists, tables,
 * headings, HTML and the inside of links or emphasis are not looked at. At most `MAX_COMMANDS`, from the first 16 kB.
 */
export function parseCommands(markdown: string): readonly ParsedCommand[] {
  // Nearly all comments end here.
  if (markdown.length > MAX_LENGTH || !/\/assay/i.test(markdown)) return [];
  const text = markdown.replaceAll(/\r\n?/g, '\n').slice(0, MAX_READ);
  const lines = text.split('\n');
  if (!lines.some(line => mention.test(line))) return [];
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return tree.children
    .filter(node => node.type === 'paragraph')
    .flatMap(paragraph => commandLines(paragraph, lines))
    .slice(0, MAX_COMMANDS)
    .map(parseLine);
}

/** The source lines of the paragraph that begin as text. The source is read, so that an escaped slash is no command. */
function commandLines(paragraph: Paragraph, lines: readonly string[]): readonly string[] {
  const { start, end } = paragraph.position ?? {};
  if (start === undefined || end === undefined) return [];
  return lines
    .slice(start.line - 1, end.line)
    .filter((line, index) => mention.test(line) && isText(paragraph, start.line + index, line.search(/\//) + 1));
}

/** Whether the place is plain text of the paragraph. Nodes without a position were made from text by an extension. */
const isText = (paragraph: Paragraph, line: number, column: number): boolean =>
  paragraph.children.every(child => child.type === 'text' || child.type === 'break' || !covers(child, line, column));

function covers({ position }: Nodes, line: number, column: number): boolean {
  if (position === undefined) return false;
  const { start, end } = position;
  const isAfterStart = line > start.line || (line === start.line && column >= start.column);
  return isAfterStart && (line < end.line || (line === end.line && column < end.column));
}

function parseLine(line: string): ParsedCommand {
  const words = line.replace(mention, '').trim().split(/\s+/);
  const [word = '', ...rest] = words;
  // The bare name is a question about what there is.
  const wanted = word === '' ? 'help' : word.toLowerCase();
  const verb = commands.find(entry => entry.verb === wanted)?.verb;
  const flag = rest.find(argument => argument.startsWith('-'));
  // A word of politeness is ignored; a switch that we do not know would not do what it says.
  if (verb !== undefined && flag === undefined) return { type: verb, arguments: rest };
  const didYouMean = verb ?? closest(wanted, commands.map(entry => entry.verb));
  return { type: 'unknown', text: words.join(' ').slice(0, 100), ...(didYouMean && { didYouMean }) };
}
