/** The conversation: comments, reactions and labels. */
import { checkBody, invalid, notFound } from './rest/request.ts';
import type { Account, App, IssueComment, Label, PullRequest, Reaction, Repository, World } from './state.ts';

const MAX_LABEL = 50;

const MAX_LABELS = 100;

export function addComment(
  world: World,
  pull: PullRequest,
  author: Account,
  text: string,
  viaApp: App | null,
): IssueComment {
  const body = checkBody('IssueComment', text);
  if (body.trim() === '') throw invalid('IssueComment', 'body', 'unprocessable', 'Body cannot be blank');
  const now = world.timestamp();
  const comment: IssueComment = {
    id: world.nextId(),
    author,
    body,
    createdAt: now,
    updatedAt: now,
    editor: null,
    viaApp,
    reactions: [],
    minimized: null,
  };
  pull.comments.push(comment);
  return comment;
}

/** The repository's label of that name, made grey if it does not exist. Names are told apart without case. */
export function labelNamed(world: World, repository: Repository, name: string, more: Partial<Label> = {}): Label {
  const key = name.toLowerCase();
  const known = repository.labels.get(key);
  if (known !== undefined) return known;
  if (name.trim() === '') throw invalid('Label', 'name', 'missing_field');
  if (name.length > MAX_LABEL)
    throw invalid('Label', 'name', 'invalid', `name is too long (maximum is ${MAX_LABEL} characters)`);
  const label: Label = { id: world.nextId(), name, color: 'ededed', description: null, default: false, ...more };
  repository.labels.set(key, label);
  return label;
}

/** Adds labels that are not there yet and says which those were. */
export function addLabels(
  world: World,
  pull: PullRequest,
  names: readonly string[],
  actor: Account,
  viaApp: App | null,
): readonly Label[] {
  const labels = names.map(name => labelNamed(world, pull.repository, name));
  const fresh = [...new Set(labels)].filter(label => !pull.labels.includes(label));
  if (pull.labels.length + fresh.length > MAX_LABELS)
    throw invalid('Issue', 'labels', 'invalid', `max ${MAX_LABELS} labels`);
  for (const label of fresh) {
    pull.labels.push(label);
    pull.timeline.push({ id: world.nextId(), event: 'labeled', actor, viaApp, createdAt: world.timestamp(), label });
  }
  return fresh;
}

/** Takes a label away; 404 if the pull request does not have it. */
export function removeLabel(world: World, pull: PullRequest, name: string, actor: Account, viaApp: App | null): Label {
  const label = pull.labels.find(each => each.name.toLowerCase() === name.toLowerCase());
  if (label === undefined) throw notFound();
  pull.labels.splice(pull.labels.indexOf(label), 1);
  pull.timeline.push({ id: world.nextId(), event: 'unlabeled', actor, viaApp, createdAt: world.timestamp(), label });
  return label;
}

/** GitHub says nothing of those who cannot be assigned: it takes who has a role, opened the pull request or wrote on it, at most ten. */
export function assign(world: World, pull: PullRequest, logins: readonly string[]): void {
  for (const login of logins) {
    const account = world.accounts.get(login.toLowerCase());
    if (account === undefined || account.type !== 'User' || pull.assignees.includes(account)) continue;
    const takesPart =
      pull.repository.collaborators.has(login.toLowerCase()) ||
      pull.author === account ||
      pull.comments.some(({ author }) => author === account);
    if (takesPart && pull.assignees.length < 10) pull.assignees.push(account);
  }
}

/** Whoever is not assigned stays so. */
export function unassign(pull: PullRequest, logins: readonly string[]): void {
  const gone = new Set(logins.map(login => login.toLowerCase()));
  pull.assignees = pull.assignees.filter(({ login }) => !gone.has(login.toLowerCase()));
}

/** One reaction of a kind a person: a second one is the first. */
export function react(
  world: World,
  comment: IssueComment,
  user: Account,
  content: string,
): { reaction: Reaction; isNew: boolean } {
  const known = comment.reactions.find(each => each.user.id === user.id && each.content === content);
  if (known !== undefined) return { reaction: known, isNew: false };
  const reaction = { id: world.nextId(), user, content, createdAt: world.timestamp() };
  comment.reactions.push(reaction);
  return { reaction, isNew: true };
}

export function findComment(
  repository: Repository,
  id: string | number | undefined,
): { pull: PullRequest; comment: IssueComment } {
  for (const pull of repository.pulls.values()) {
    const comment = pull.comments.find(each => String(each.id) === String(id));
    if (comment !== undefined) return { pull, comment };
  }
  throw notFound();
}
