import { setImmediate as turn } from 'node:timers/promises';

/** Makes something here while the database is at what it was asked: after a turn, since until then the question is not on its way. */
export async function meanwhile<Answer, Made>(
  asked: Promise<Answer>,
  make: () => Made,
): Promise<readonly [Answer, Made]> {
  return Promise.all([asked, turn().then(make)]);
}
