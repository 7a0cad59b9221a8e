import { Gone } from '../core/trouble.ts';
import { Missing, Refused } from './errors.ts';

/** Why GitHub did not say who we are, and what to do. */
export function explainNoApp(
  error: unknown,
  apiUrl: string,
  appId: number,
): { readonly says: string; readonly remedy: string } {
  if (error instanceof Refused || error instanceof Missing || error instanceof Gone) {
    return {
      says: `GitHub does not take the private key for App ${appId}.`,
      remedy:
        'Compare APP_ID with the page of the App and make a new private key there; the clock of this machine must be right, too.',
    };
  }
  return {
    says: `${new URL(apiUrl).host} does not answer as GitHub does.`,
    remedy: 'Check the network, and GHE_HOST if you use GitHub Enterprise Server.',
  };
}
