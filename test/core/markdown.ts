import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export const parseMarkdown = (markdown: string): Nodes =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

/** The node and everything in it. */
export const walk = (node: Nodes): readonly Nodes[] => [
  node,
  ...('children' in node ? node.children.flatMap(walk) : []),
];

/** What GitHub would act on in rendered text: mentions, references, commits, addresses. Nodes of code are not looked at by it. */
export const lures = [
  /(?<![\w`])@[\w-]/,
  /#\d/,
  /\bGH-\d/i,
  /(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])/i,
  /:\/\//,
  /www\./i,
];

export const BREAK = '\u200B';
