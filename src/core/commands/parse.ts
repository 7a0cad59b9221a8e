import type { Nodes, Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { closest } from '../closest.ts';
import type { ParsedCommand } from './command.ts';
import { parseArguments } from './parse-arguments.ts';
import { commands } from './registry.ts';

/** More in one comment are not read. */
export const MAX_COMMANDS = 10;

/** GitHub's own limit. Longer texts are no comments. */
const MAX_LENGTH = 65_536;

/**
 * Reading stops after so many lines, characters that mean something in Markdown, and openings of quotes and lists, and at a line
 * that opens too many: the parser's time grows with their square (16 kB of `1. ` took 4 s, of `> ` its stack), and with lines
 * times openings (990 lines of twenty `- ` took 1.5 s). People never write that many.
 */
const MAX_LINES = 1_000;
const MAX_SPECIAL = 3_000;
const MAX_NESTED = 20;
const MAX_OPENINGS = 200;

/** White space, and what nobody can see. */
const LEAD = /^[\s\u200B-\u200D\u2060\uFEFF]*/;

/**
 * The commands in a comment: lines that begin with `/assay`, or with a mention of the App by the name in its address (`appSlug`), in
 * paragraphs of the comment itself. Code, quotes, lists, tables, headings, HTML and the inside of links or emphasis are not looked
 * at. At most `MAX_COMMANDS`; never throws.
 */
export function parseCommands(markdown: string, appSlug: string): readonly ParsedCommand[] {
  // Nearly all comments end here.
  if (!mentionsCommand(markdown, appSlug)) return [];
  const lines = tameLines(linesOf(markdown));
  if (!lines.some(line => isAddressed(line, appSlug))) return [];
  return blocksOf(lines.join('\n'))
    .filter(node => node.type === 'paragraph')
    .flatMap(paragraph => commandLines(paragraph, lines, appSlug))
    .slice(0, MAX_COMMANDS)
    .map(line => parseLine(line, appSlug));
}

/** Whether a line begins as a command does, in whatever block it stands: a cheap look before the comment is parsed. */
export const mentionsCommand = (markdown: string, appSlug: string): boolean =>
  markdown.length <= MAX_LENGTH && linesOf(markdown).some(line => isAddressed(line, appSlug));

/** The first word of every line that begins as a command does, in whatever block it stands. Switches are words of their own. */
export const wordsIn = (markdown: string, appSlug: string): readonly string[] =>
  markdown.length > MAX_LENGTH
    ? []
    : linesOf(markdown)
        .filter(line => isAddressed(line, appSlug))
        .flatMap(line => line.slice(addressLength(line, appSlug)).trim().toLowerCase().split(/\s+/, 3));

const isAddressed = (line: string, appSlug: string): boolean => addressLength(line, appSlug) > 0;

/** Characters up to the end of the name that a line is addressed to; 0 when it is not addressed to us. */
function addressLength(line: string, appSlug: string): number {
  const lead = LEAD.exec(line)?.[0].length ?? 0;
  const rest = line.slice(lead, lead + appSlug.length + 7).toLowerCase();
  const name = ['/assay', `@${appSlug.toLowerCase()}[bot]`, `@${appSlug.toLowerCase()}`].find(
    each => rest.startsWith(each) && /^(?:\s|$)/.test(line.slice(lead + each.length, lead + each.length + 1)),
  );
  return name === undefined ? 0 : lead + name.length;
}

const linesOf = (markdown: string): readonly string[] => markdown.split(/\r\n?|\n/);

/** The lines up to where it gets wild. */
function tameLines(lines: readonly string[]): readonly string[] {
  let special = 0;
  let openings = 0;
  const end = lines.slice(0, MAX_LINES).findIndex(line => {
    special += (line.match(/[\\`*_~<>|&[\]!]/g) ?? []).length;
    const [markers = ''] = /^(?:\s*(?:>|[-+*](?=\s|$)|\d{1,9}[.)](?=\s|$)))*/.exec(line) ?? [];
    const opened = (markers.match(/[-+*>.)]/g) ?? []).length;
    openings += opened;
    // A list inside a list may stand on a line of its own, and is told by its indentation then.
    const nested = opened === 0 ? 0 : opened + Math.floor(line.search(/\S/) / 2);
    return special > MAX_SPECIAL || nested > MAX_NESTED || openings > MAX_OPENINGS;
  });
  return lines.slice(0, end === -1 ? MAX_LINES : end);
}

function blocksOf(text: string): readonly Nodes[] {
  try {
    return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }).children;
  } catch {
    // Should a text still be too much for the parser, then nobody reads a command in it, and the review goes on.
    return [];
  }
}

/** The source lines of the paragraph that begin as text. The source is read, so that an escaped slash is no command. */
function commandLines(paragraph: Paragraph, lines: readonly string[], appSlug: string): readonly string[] {
  const { start, end } = paragraph.position ?? {};
  if (start === undefined || end === undefined) return [];
  return lines
    .slice(start.line - 1, end.line)
    .filter(
      (line, index) =>
        isAddressed(line, appSlug) && isText(paragraph, start.line + index, (LEAD.exec(line)?.[0].length ?? 0) + 1),
    );
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

function parseLine(line: string, appSlug: string): ParsedCommand {
  const text = line.slice(addressLength(line, appSlug)).trim();
  const [word = ''] = text.split(/\s/, 1);
  // The bare name is a question about what there is.
  const wanted = word === '' ? 'help' : word.toLowerCase();
  const entry = commands.find(({ verb }) => verb === wanted);
  if (entry !== undefined) return parseArguments(entry, text.slice(word.length));
  const didYouMean = closest(
    wanted,
    commands.map(({ verb }) => verb),
  );
  return { type: 'unknown', text: text.slice(0, 100).toWellFormed(), ...(didYouMean && { didYouMean }) };
}
