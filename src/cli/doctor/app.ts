import type { AppCredentials } from '../../config/environment.ts';
import { Gone } from '../../core/trouble.ts';
import { Missing, Refused } from '../../github/errors.ts';
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
  if (error instanceof Refused || error instanceof Missing || error instanceof Gone)
    return {
      says: `GitHub does not take the private key for App ${appId}.`,
      remedy:
        'Compare APP_ID with the page of the App and make a new private key there; the clock of this machine must be right, too.',
    };
  return {
    says: `${new URL(apiUrl).host} does not answer as GitHub does.`,
    remedy: 'Check the network, and GHE_HOST if you use GitHub Enterprise Server.',
  };
}
