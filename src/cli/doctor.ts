import { readFileSync } from 'node:fs';
import { readEnvironment } from '../config/environment.ts';
import { Misconfigured } from '../config/variables.ts';
import type { Environment } from '../config/environment.ts';
import { checkApp } from './doctor/app.ts';
import { formatCheckup } from './doctor/checkup.ts';
import type { Checkup } from './doctor/checkup.ts';
import { checkDatabase } from './doctor/database.ts';
import { checkEmbeddings, checkModel } from './doctor/model.ts';
import type { ExitCode } from './exit-code.ts';
import { modelVariables } from './local-ask.ts';
import type { Terminal } from './terminal.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Looks at everything that the server needs and says, one line each, what is wrong and how to mend it. Changes nothing. */
export async function doctor(variables: Variables, { out, paint }: Terminal): Promise<ExitCode> {
  let isWell = true;
  for await (const checkup of checkups(variables)) {
    if (checkup.state === 'wrong') isWell = false;
    out(formatCheckup(checkup, paint));
  }
  return isWell ? 0 : 1;
}

async function* checkups(variables: Variables): AsyncGenerator<Checkup, void, undefined> {
  const environment = read(variables);
  if ('remedy' in environment) {
    yield { name: 'settings', state: 'wrong', says: 'They do not fit together.', remedy: environment.remedy };
    // What does not hang on the wrong one can still be looked at.
    const rest = read({
      ...modelVariables(variables),
      DATABASE_URL: variables['DATABASE_URL'],
      ASSAY_DATA: variables['ASSAY_DATA'],
    });
    if ('remedy' in rest) return;
    yield* infrastructure(rest);
    return;
  }
  const { credentials } = environment;
  if (credentials === undefined) {
    const remedy = 'Run "assay serve" to register one, or set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.';
    yield { name: 'credentials', state: 'wrong', says: 'No GitHub App is configured.', remedy };
  } else {
    const secrets = credentials.webhookSecrets.length;
    yield {
      name: 'secret',
      state: 'fine',
      says: secrets === 1 ? 'Long enough.' : 'Long enough; the one before it still holds.',
    };
    yield* await checkApp(environment.github.apiUrl, credentials);
  }
  yield* infrastructure(environment);
  if (environment.isReadOnly)
    yield { name: 'writes', state: 'skipped', says: 'ASSAY_READ_ONLY is set: nothing will be written to GitHub.' };
}

async function* infrastructure({ database, model, embeddings }: Environment): AsyncGenerator<Checkup, void, undefined> {
  yield await checkDatabase(database);
  yield await checkModel(model);
  yield* checkEmbeddings(embeddings);
}

function read(variables: Variables): Environment | { readonly remedy: string } {
  try {
    return readEnvironment(variables, path => readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Misconfigured) return { remedy: error.message };
    throw error;
  }
}
