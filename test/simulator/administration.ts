/** What owners set up: repositories, roles, teams, required checks, and where the App is installed. */
import type { Events } from './events.ts';
import { type FileChange, createGitStore } from './git-store.ts';
import {
  type Access,
  type Account,
  type Installation,
  type Repository,
  type Role,
  type World,
  accountOf,
  fullName,
  repositoryOf,
} from './state.ts';

export type NewRepository = {
  /** `owner/name`. */
  name: string;
  /** Default an organization. */
  ownerType?: 'User' | 'Organization';
  private?: boolean;
  /** SPDX id. */
  licence?: string;
  defaultBranch?: string;
  /** The first commit. */
  files?: Readonly<Record<string, FileChange>>;
  /** Roles by login; who is not named can read a public repository. */
  collaborators?: Readonly<Record<string, Role>>;
  /** Names of checks that the default branch requires. */
  requiredChecks?: readonly string[];
};

export function createAdministration(world: World, events: Events) {
  function register(owner: Account, name: string, more: Partial<Repository>): Repository {
    const repository: Repository = {
      id: world.nextId(),
      name,
      owner,
      private: false,
      licence: null,
      parent: null,
      defaultBranch: 'main',
      branches: new Map(),
      git: createGitStore(),
      collaborators: new Map(),
      requiredChecks: new Map(),
      labels: new Map(),
      pulls: new Map(),
      lastNumber: 0,
      checkSuites: [],
      checkRuns: [],
      createdAt: world.timestamp(),
      pushedAt: world.timestamp(),
      ...more,
    };
    world.repositories.set(fullName(repository).toLowerCase(), repository);
    return repository;
  }

  const coveredBy = ({ account, repositories }: Installation): readonly Repository[] =>
    [...world.repositories.values()].filter(
      ({ owner, name }) => owner.id === account.id && (repositories === 'all' || repositories.has(name)),
    );

  function installationFor(owner: string): Installation {
    const found = world.installations.find(({ account }) => account.login.toLowerCase() === owner.toLowerCase());
    if (found === undefined) throw new Error(`The App is not installed at ${owner}.`);
    return found;
  }

  return {
    /** A repository with one commit. */
    createRepository(draft: NewRepository): Repository {
      const [ownerLogin = '', name = ''] = draft.name.split('/');
      const owner = accountOf(world, ownerLogin, draft.ownerType ?? 'Organization');
      const defaultBranch = draft.defaultBranch ?? 'main';
      const repository = register(owner, name, {
        private: draft.private ?? false,
        licence: draft.licence ?? null,
        defaultBranch,
      });
      const signature = { name: ownerLogin, email: `${ownerLogin}@users.noreply.github.com`, date: world.timestamp() };
      const tree = repository.git.changeTree(undefined, { 'README.md': `# ${name}\n`, ...draft.files });
      const { sha } = repository.git.addCommit({
        tree,
        parents: [],
        author: signature,
        committer: signature,
        message: 'First commit',
      });
      repository.branches.set(defaultBranch, sha);
      for (const [login, role] of Object.entries(draft.collaborators ?? {})) this.setRole(draft.name, login, role);
      if (draft.requiredChecks !== undefined) repository.requiredChecks.set(defaultBranch, draft.requiredChecks);
      return repository;
    },
    /** A fork shares the object store: that is why a fork's commits can be read from the repository that it comes from. */
    fork: (owner: Account, parent: Repository): Repository =>
      register(owner, parent.name, {
        parent,
        git: parent.git,
        defaultBranch: parent.defaultBranch,
        branches: new Map(parent.branches),
      }),
    /** `null` takes the role away. */
    setRole(repository: string, login: string, role: Role | null): void {
      accountOf(world, login);
      const { collaborators } = repositoryOf(world, repository);
      if (role === null) collaborators.delete(login.toLowerCase());
      else collaborators.set(login.toLowerCase(), role);
    },
    requireChecks(repository: string, names: readonly string[], branch?: string): void {
      const found = repositoryOf(world, repository);
      found.requiredChecks.set(branch ?? found.defaultBranch, names);
    },
    createTeam(organization: string, slug: string, members: readonly string[]): void {
      const owner = accountOf(world, organization, 'Organization');
      for (const login of members) this.addMember(organization, login);
      world.teams.push({
        organization: owner,
        slug,
        members: new Map(members.map(login => [login.toLowerCase(), 'member'])),
      });
    },
    addMember(organization: string, login: string, role: 'admin' | 'member' = 'member'): void {
      accountOf(world, login);
      const members = world.members.get(organization.toLowerCase()) ?? new Map<string, 'admin' | 'member'>();
      world.members.set(organization.toLowerCase(), members.set(login.toLowerCase(), role));
    },
    removeMember(organization: string, login: string): void {
      world.members.get(organization.toLowerCase())?.delete(login.toLowerCase());
      for (const team of world.teams)
        if (team.organization.login.toLowerCase() === organization.toLowerCase())
          team.members.delete(login.toLowerCase());
    },
    /** Installs the App on an owner's repositories: on all, or on those named (without the owner). */
    async install(
      owner: string,
      options: { repositories?: readonly string[]; permissions?: Record<string, Access>; by?: string } = {},
    ): Promise<Installation> {
      const account = accountOf(world, owner, 'Organization');
      const installation: Installation = {
        id: world.nextId(),
        account,
        repositories: options.repositories === undefined ? 'all' : new Set(options.repositories),
        permissions: options.permissions ?? world.app.permissions,
        events: world.app.events,
        createdAt: world.timestamp(),
        suspendedBy: null,
        suspendedAt: null,
      };
      world.installations.push(installation);
      await events.installation(
        'created',
        installation,
        coveredBy(installation),
        accountOf(world, options.by ?? owner),
      );
      return installation;
    },
    async uninstall(owner: string, by = owner): Promise<void> {
      const installation = installationFor(owner);
      const repositories = coveredBy(installation);
      world.installations.splice(world.installations.indexOf(installation), 1);
      await events.installation('deleted', installation, repositories, accountOf(world, by));
    },
    async suspend(owner: string, by = owner): Promise<void> {
      const installation = installationFor(owner);
      installation.suspendedAt = world.timestamp();
      installation.suspendedBy = accountOf(world, by);
      await events.installation('suspend', installation, coveredBy(installation), accountOf(world, by));
    },
    async unsuspend(owner: string, by = owner): Promise<void> {
      const installation = installationFor(owner);
      installation.suspendedAt = null;
      installation.suspendedBy = null;
      await events.installation('unsuspend', installation, coveredBy(installation), accountOf(world, by));
    },
    /** Adds repositories to an installation that was made for picked ones. */
    async addToInstallation(owner: string, names: readonly string[], by = owner): Promise<void> {
      const installation = installationFor(owner);
      if (installation.repositories === 'all') return;
      for (const name of names) installation.repositories.add(name);
      const added = names.map(name => repositoryOf(world, `${owner}/${name}`));
      await events.installationRepositories('added', installation, added, accountOf(world, by));
    },
    async removeFromInstallation(owner: string, names: readonly string[], by = owner): Promise<void> {
      const installation = installationFor(owner);
      const removed = names.map(name => repositoryOf(world, `${owner}/${name}`));
      const all = coveredBy(installation).map(({ name }) => name);
      installation.repositories = new Set(all.filter(name => !names.includes(name)));
      await events.installationRepositories('removed', installation, removed, accountOf(world, by));
    },
    /** A label keeps its place on issues under its new name. */
    renameLabel(repository: string, name: string, to: string): void {
      const { labels } = repositoryOf(world, repository);
      const label = labels.get(name.toLowerCase());
      if (label === undefined) throw new Error(`There is no label ${name}.`);
      labels.delete(name.toLowerCase());
      label.name = to;
      labels.set(to.toLowerCase(), label);
    },
    /** It goes from every issue, and their timelines say nothing of it. */
    deleteLabel(repository: string, name: string): void {
      const { labels, pulls } = repositoryOf(world, repository);
      const label = labels.get(name.toLowerCase());
      labels.delete(name.toLowerCase());
      for (const pull of pulls.values()) pull.labels = pull.labels.filter(each => each !== label);
    },
    /** A renamed repository keeps its id. Its old name redirects where the repository itself is asked for, and answers 404 below that, where GitHub redirects too. */
    rename(name: string, to: string): void {
      const repository = repositoryOf(world, name);
      world.repositories.delete(name.toLowerCase());
      world.formerNames.set(name.toLowerCase(), repository);
      repository.name = to;
      world.repositories.set(fullName(repository).toLowerCase(), repository);
    },
  };
}
