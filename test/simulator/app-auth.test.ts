import { generateKeyPairSync, sign } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import { type GitHub, startGitHub } from './github.ts';
import { inRepository, octokitFor, openPullRequest, quiet, refused, repository, simulate } from './simulation.ts';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT as somebody might forge it. */
function jwt(github: GitHub, claims: object, { key = github.app.privateKey, alg = 'RS256' } = {}): Octokit {
  const signed = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url');
  return new Octokit({ baseUrl: github.apiUrl, auth: `${signed}.${signature}`, log: quiet });
}

const seconds = () => Math.floor(Date.now() / 1000);

test('the App proves itself with a JWT of its own key, for at most ten minutes', async () => {
  await using github = await startGitHub({ app: { slug: 'assay-test', id: 12 } });
  const iss = 12;
  const good = await jwt(github, { iss, iat: seconds(), exp: seconds() + 600 }).rest.apps.getAuthenticated();
  expect(good.data).toMatchObject({ id: 12, slug: 'assay-test' });
  const { privateKey: key } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const bad = [
    jwt(github, { iss, iat: seconds(), exp: seconds() + 600 }, { key }),
    jwt(github, { iss, iat: seconds(), exp: seconds() + 600 }, { alg: 'none' }),
    jwt(github, { iss: 13, iat: seconds(), exp: seconds() + 600 }),
    jwt(github, { iss, iat: seconds(), exp: seconds() + 3600 }),
    jwt(github, { iss, iat: seconds() - 700, exp: seconds() - 100 }),
    jwt(github, { iss, iat: seconds() + 300, exp: seconds() + 600 }),
  ];
  for (const octokit of bad) expect(await refused(octokit.rest.apps.getAuthenticated())).toMatchObject({ status: 401 });
  github.assertClean();
});

test('an installation token lives an hour by the clock of the simulator', async () => {
  let now = Date.now();
  await using world = await simulate({ now: () => now });
  const { token } = (await world.octokit.auth({ type: 'installation' })) as { token: string };
  const octokit = new Octokit({ baseUrl: world.github.apiUrl, auth: token, log: quiet });
  await octokit.rest.repos.get(inRepository);
  now += 3_600_001;
  expect(await refused(octokit.rest.repos.get(inRepository))).toMatchObject({ status: 401 });
});

test('a permission that was not granted is 403, a repository out of reach is 404, and a fork can only be read', async () => {
  await using github = await startGitHub();
  github.createRepository({ name: 'a/open' });
  github.createRepository({ name: 'b/closed', private: true });
  github.createRepository({ name: 'b/public', files: { 'x.txt': 'x' } });
  const { id } = await github.install('a', { permissions: { metadata: 'read', contents: 'read', checks: 'read' } });
  const octokit = octokitFor(github, id);
  const sha = github.repository('a/open').branches.get('main') ?? '';
  const create = (owner: string, repo: string) => octokit.rest.checks.create({ owner, repo, name: 'x', head_sha: sha });
  expect(await refused(create('a', 'open'))).toMatchObject({ status: 403 });
  expect(await refused(octokit.rest.repos.get({ owner: 'b', repo: 'closed' }))).toMatchObject({ status: 404 });
  expect(await refused(octokit.rest.repos.get({ owner: 'a', repo: 'nothing' }))).toMatchObject({ status: 404 });
  expect((await octokit.rest.repos.getContent({ owner: 'b', repo: 'public', path: 'x.txt' })).status).toBe(200);
  expect(await refused(create('b', 'public'))).toMatchObject({ status: 403 });
  github.assertClean();
});

test('a token may be narrowed to some repositories and permissions, never widened', async () => {
  await using world = await simulate();
  const { github, appOctokit } = world;
  github.createRepository({ name: 'instruct/other' });
  const [installation] = (await appOctokit.rest.apps.listInstallations()).data;
  const installation_id = installation?.id ?? 0;
  const narrow = await appOctokit.rest.apps.createInstallationAccessToken({
    installation_id,
    repositories: ['other'],
    permissions: { contents: 'read' },
  });
  const octokit = new Octokit({ baseUrl: github.apiUrl, auth: narrow.data.token, log: quiet });
  const { data } = await octokit.rest.apps.listReposAccessibleToInstallation();
  expect(data.repositories.map(({ name }) => name)).toEqual(['other']);
  const comment = octokit.rest.issues.createLabel({ owner: 'instruct', repo: 'other', name: 'x' });
  expect(await refused(comment)).toMatchObject({ status: 403 });
  const wide = appOctokit.rest.apps.createInstallationAccessToken({
    installation_id,
    permissions: { contents: 'write' },
  });
  expect(await refused(wide)).toMatchObject({ status: 422 });
});

test('suspended is 403, uninstalled is 401 for the old token and 404 for a new one', async () => {
  await using world = await simulate();
  const { github } = world;
  const { token } = (await world.octokit.auth({ type: 'installation' })) as { token: string };
  // Without Octokit's own way of trying a 401 again for some seconds.
  const octokit = new Octokit({ baseUrl: github.apiUrl, auth: token, log: quiet });
  await octokit.rest.repos.get(inRepository);
  await github.suspend('instruct');
  expect(await refused(octokit.rest.repos.get(inRepository))).toMatchObject({ status: 403 });
  await github.unsuspend('instruct');
  await octokit.rest.repos.get(inRepository);
  await github.uninstall('instruct');
  expect(await refused(octokit.rest.repos.get(inRepository))).toMatchObject({ status: 401 });
  expect(await refused(octokitFor(github, 999_999).rest.repos.get(inRepository))).toMatchObject({ status: 404 });
});

test('a renamed repository is found by its id', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { id } = github.repository(repository);
  github.rename(repository, 'renamed');
  const { data } = await octokit.request('GET /repositories/{id}', { id });
  expect(data).toMatchObject({ full_name: 'instruct/renamed' });
  github.assertClean();
});

test('the code of the manifest flow yields the credentials, once', async () => {
  await using github = await startGitHub();
  const octokit = new Octokit({ baseUrl: github.apiUrl, log: quiet });
  const code = github.createManifestCode();
  const { data } = await octokit.rest.apps.createFromManifest({ code });
  expect(data).toMatchObject({ id: github.app.id, webhook_secret: github.app.webhookSecret });
  expect(data.pem).toContain('BEGIN RSA PRIVATE KEY');
  expect(await refused(octokit.rest.apps.createFromManifest({ code }))).toMatchObject({ status: 404 });
  github.assertClean();
});

test('roles: `permission` knows four words, `role_name` tells the role; a bot has none', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  await openPullRequest(github);
  github.setRole(repository, 'sec', 'security');
  const roleOf = async (username: string) => {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...inRepository, username });
    return [data.permission, data.role_name];
  };
  expect(await roleOf('mara')).toEqual(['write', 'maintain']);
  expect(await roleOf('tom')).toEqual(['read', 'triage']);
  expect(await roleOf('ann')).toEqual(['read', 'read']);
  expect(await roleOf('sec')).toEqual(['write', 'security']);
  expect(await roleOf(github.app.bot.login)).toEqual(['none', 'none']);
  expect(await refused(roleOf('nobody-at-all'))).toMatchObject({ status: 404 });
  github.assertClean();
});

test('teams and members, for who holds that permission', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  github.createTeam('instruct', 'triagers', ['tom']);
  github.addMember('instruct', 'olga', 'admin');
  const membership = (username: string) =>
    octokit.rest.teams.getMembershipForUserInOrg({ org: 'instruct', team_slug: 'triagers', username });
  expect((await membership('tom')).data).toMatchObject({ state: 'active', role: 'member' });
  expect(await refused(membership('olga'))).toMatchObject({ status: 404 });
  expect((await octokit.rest.orgs.getMembershipForUser({ org: 'instruct', username: 'olga' })).data.role).toBe('admin');
  expect((await octokit.rest.orgs.checkMembershipForUser({ org: 'instruct', username: 'tom' })).status).toBe(204);
  expect((await octokit.rest.teams.listMembersInOrg({ org: 'instruct', team_slug: 'triagers' })).data).toHaveLength(1);
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...inRepository, username: 'olga' });
  expect(data.role_name).toBe('admin');
  github.assertClean();
});
