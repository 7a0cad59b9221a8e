import type { KnowledgeDocument, Leaf, LeafKind, SeedExample, Text } from '../contribution.ts';
import type { MappingNode, Node } from './node.ts';

/** What can be read from the document, whatever is wrong with the rest of it. */
export function leafOf(
  root: MappingNode,
  file: { path: string; blobSha: string; kind: LeafKind; version: number },
): Leaf {
  const text = (key: string): Text | undefined => textAt(root, key, '');
  const [createdBy, taskDescription] = [text('created_by'), text('task_description')];
  const [domain, documentOutline] = [text('domain'), text('document_outline')];
  const document = documentOf(root);
  return {
    ...file,
    ...(createdBy && { createdBy }),
    ...(taskDescription && { taskDescription }),
    ...(domain && { domain }),
    ...(documentOutline && { documentOutline }),
    ...(document && { document }),
    examples: examplesOf(root),
  };
}

/** Of both shapes, skills' and knowledge's: a file in the wrong tree or of an old version can still be compared with others. */
function examplesOf(root: MappingNode): readonly SeedExample[] {
  return itemsAt(root, 'seed_examples').flatMap((item, index) => {
    const yamlPath = `.seed_examples[${index}]`;
    if (item.kind !== 'mapping') return [];
    const context = textAt(item, 'context', yamlPath);
    const nested = itemsAt(item, 'questions_and_answers').flatMap((pair, nth) =>
      exampleOf(pair, `${yamlPath}.questions_and_answers[${nth}]`, context),
    );
    return [...exampleOf(item, yamlPath, context), ...nested];
  });
}

function exampleOf(node: Node, yamlPath: string, context: Text | undefined): readonly SeedExample[] {
  if (node.kind !== 'mapping') return [];
  const question = textAt(node, 'question', yamlPath);
  const answer = textAt(node, 'answer', yamlPath);
  if (question === undefined || answer === undefined) return [];
  return [{ yamlPath, ...node.position, question, answer, ...(context && { context }) }];
}

function documentOf(root: MappingNode): KnowledgeDocument | undefined {
  const node = root.entries.get('document')?.value;
  if (node?.kind !== 'mapping') return undefined;
  const repo = textAt(node, 'repo', '.document');
  const commit = textAt(node, 'commit', '.document');
  const patterns = itemsAt(node, 'patterns').flatMap((item, index) => {
    const pattern = asText(item, `.document.patterns[${index}]`);
    return pattern ? [pattern] : [];
  });
  return { ...(repo && { repo }), ...(commit && { commit }), patterns };
}

const itemsAt = (node: MappingNode, key: string): readonly Node[] => {
  const value = node.entries.get(key)?.value;
  return value?.kind === 'sequence' ? value.items : [];
};

const textAt = (node: MappingNode, key: string, parentPath: string): Text | undefined =>
  asText(node.entries.get(key)?.value, `${parentPath}.${key}`);

/** Escapes can spell what neither UTF-8 nor a database takes. */
const wellFormed = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** Undefined for what is not text, and for texts that say nothing. */
const asText = (node: Node | undefined, yamlPath: string): Text | undefined =>
  node?.kind === 'scalar' && node.type === 'text' && node.text.trim() !== ''
    ? { value: wellFormed(node.text), yamlPath, ...node.position }
    : undefined;
