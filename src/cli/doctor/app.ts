import type { AppCredentials } from '../../config/environment.ts';
import { describeApp, listInstallations } from '../../github/installations.ts';
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
    return [{ name: 'credentials', state: 'wrong', ...explain(error, apiUrl, credentials.appId) }];
  }
}

function explain(error: unknown, apiUrl: string, appId: number): Pick<Checkup, 'says' | 'remedy'> {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 401 || status === 404)
    return {
      says: `GitHub does not take the private key for App ${appId}.`,
      remedy:
        'Compare APP_ID with the page of the App, and make a new private key there. The clock of this machine must be right, too.',
    };
  return {
    says: `${new URL(apiUrl).host} did not answer as GitHub does${typeof status === 'number' ? ` (${status})` : ''}.`,
    remedy: 'Check the network, and GHE_HOST if you use GitHub Enterprise Server.',
  };
}
