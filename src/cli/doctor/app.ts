import type { AppCredentials } from '../../config/environment.ts';
import { describeApp, listInstallations } from '../../github/installations.ts';
import { explainNoApp } from '../../github/no-app.ts';
import { connectGitHub } from '../../github/octokit.ts';
import { readAppManifest } from './app-manifest.ts';
import type { Checkup } from './checkup.ts';
import { checkPermissions } from './permissions.ts';

/** Asks GitHub who we are and compares that with what the code needs. Only reads. */
export async function checkApp(apiUrl: string, credentials: AppCredentials): Promise<readonly Checkup[]> {
  const { octokit } = connectGitHub({ ...credentials, baseUrl: apiUrl }).asApp;
  try {
    const app = await describeApp(octokit);
    const installations = await listInstallations(octokit);
    return [
      { name: 'credentials', state: 'fine', says: `GitHub knows the App as ${app.slug}.` },
      ...checkPermissions(await readAppManifest(), app, installations),
    ];
  } catch (error) {
    return [{ name: 'credentials', state: 'wrong', ...explainNoApp(error, apiUrl, credentials.appId) }];
  }
}
