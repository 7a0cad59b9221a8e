import type { Code, List, Nodes, Parents, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { stripVTControlCharacters } from 'node:util';
import { printable } from './terminal.ts';
import type { Paint } from './terminal.ts';

/** What is needed to show Markdown on a terminal. */
export type Style = { readonly paint: Paint; /** Columns. */ readonly width: number };

/** Markdown as a person would see it on GitHub, as near as a terminal comes: no markers, tables in columns, lists indented. */
export function markdownToText(markdown: string, style: Style): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return `${blocks(tree, style).join('\n\n')}\n`;
}

function blocks(parent: Parents, style: Style): readonly string[] {
  return parent.children.map(child => block(child, style)).filter(text => text !== '');
}

function block(node: Nodes, style: Style): string {
  const { paint, width } = style;
  if (node.type === 'heading') return paint(['bold', 'underline'], wrap(inline(node, style), width));
  if (node.type === 'paragraph') return wrap(inline(node, style), width);
  if (node.type === 'list') return list(node, style);
  if (node.type === 'code') return code(node, style);
  if (node.type === 'table') return table(node, style);
  if (node.type === 'thematicBreak') return paint('dim', '─'.repeat(width));
  if (node.type === 'html') return wrap(withoutTags(node.value, style), width);
  if (!('children' in node)) return '';
  if (node.type !== 'blockquote') return blocks(node, style).join('\n');
  const quoted = blocks(node, { paint, width: width - 2 }).join('\n\n');
  return quoted.replaceAll(/^/gm, `${paint('dim', '│')} `);
}

/** What GitHub shows as a change that a click makes is said to be one. */
function code({ lang, value }: Code, { paint }: Style): string {
  const lines = shown(value, true).replaceAll(/^/gm, '    ');
  if (lang !== 'suggestion') return lines;
  return value === '' ? paint('green', 'Suggestion: take this out.') : `${paint('green', 'Suggestion:')}\n${lines}`;
}

function list({ ordered, start, children }: List, { paint, width }: Style): string {
  const items = children.map((item, index) => {
    const bullet = ordered === true ? `${(start ?? 1) + index}. ` : '• ';
    const text = blocks(item, { paint, width: width - bullet.length }).join('\n');
    return bullet + text.replaceAll('\n', `\n${' '.repeat(bullet.length)}`);
  });
  return items.join('\n');
}

const inline = (parent: Parents, style: Style): string => parent.children.map(node => span(node, style)).join('');

function span(node: Nodes, style: Style): string {
  if (node.type === 'text') return shown(node.value);
  if (node.type === 'inlineCode') return style.paint('cyan', shown(node.value));
  if (node.type === 'break') return '\n';
  if (node.type === 'html') return withoutTags(node.value, style);
  if (node.type === 'image') return shown(node.alt ?? '');
  if (!('children' in node)) return '';
  const text = inline(node, style);
  if (node.type === 'strong') return style.paint('bold', text);
  return node.type === 'emphasis' ? style.paint('italic', text) : text;
}

/** The words between tags; a folded part is announced by its summary. */
const withoutTags = (html: string, { paint }: Style): string =>
  html
    .replaceAll(/<!--[^]*?-->/g, '')
    .split(/(<summary>[^<]*<\/summary>)/)
    .map(part => {
      const text = shown(part.replaceAll(/<\/?[a-z][^<>]*>/gi, ''), true);
      return part.startsWith('<summary>') ? `▸ ${paint('bold', text)}` : text;
    })
    .join('')
    .trim();

function table({ children, align }: Table, style: Style): string {
  const rows = children.map(row => row.children.map(cell => inline(cell, style)));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => columns(row[column] ?? ''))));
  return rows
    .map((row, index) => {
      const cells = widths.map((width, column) => {
        const cell = row[column] ?? '';
        const padding = ' '.repeat(width - columns(cell));
        return align?.[column] === 'right' ? padding + cell : cell + padding;
      });
      const line = cells.join('  ').trimEnd();
      return index === 0 ? style.paint('bold', line) : line;
    })
    .join('\n');
}

/** Zero-width characters keep GitHub from seeing mentions; a terminal has no need of them. */
const shown = (text: string, keepLines = false): string =>
  printable(text.replaceAll(/\u200b|\u200d|\ufe0e|\ufe0f/g, ''), { keepLines });

const columns = (text: string): number => [...new Intl.Segmenter().segment(stripVTControlCharacters(text))].length;

/** Breaks lines between words. A word that is longer than a line, such as a path, is left whole. */
function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map(line => {
      const lines: string[] = [];
      let current = '';
      for (const word of line.split(/ +/)) {
        const longer = current === '' ? word : `${current} ${word}`;
        if (current !== '' && columns(longer) > width) {
          lines.push(current);
          current = word;
        } else current = longer;
      }
      return [...lines, current].join('\n');
    })
    .join('\n');
}
