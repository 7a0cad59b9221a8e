import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GitHub } from '../simulator/github.ts';
import type { Kill, Order, Rest, Role, Said } from './server-entry.ts';

/** Servers that are started again whenever one ends, as a process manager does it. */
export type Supervised = {
  /** Waits until all run and no job waits or runs. */
  rest(): Promise<Rest>;
  /** Tells all of them. */
  tell(order: Extract<Order, { type: 'later' | 'spare' }>): void;
  /** Has one, chosen by this number, end itself; `struck` when it did. */
  plan(order: Kill, which: number, struck: () => void): void;
  /** As `kill -9`, one of them, chosen by this number; resolves when nothing of it is left. The next one starts at once. */
  kill(which: number): Promise<void>;
  /** How often one ended by itself, after it had started. */
  crashes(): number;
  stop(): Promise<void>;
};

/** More starts than that in a row that lead to nothing: it will never come up. */
const MAX_VAIN_STARTS = 20;

/** One of the servers, through all its lives. */
type Place = {
  readonly role: Role;
  child: ChildProcess;
  listening: Promise<boolean>;
  struck?: (() => void) | undefined;
};

export function supervise(
  github: GitHub,
  variables: Readonly<Record<string, string>>,
  roles: readonly Role[],
  ahead: () => number,
): Supervised {
  let vain = 0;
  let crashes = 0;
  let isEnding = false;
  /** Loaded ahead, so that nobody waits for that when one is killed. */
  let spare: ChildProcess | undefined;

  function load(): ChildProcess {
    const loaded = fork(join(import.meta.dirname, 'server-entry.ts'), {
      env: { ...variables },
      execArgv: ['--liftoff-only'],
      stdio: ['ignore', 'ignore', process.env['CHAOS_LOG'] === undefined ? 'ignore' : 'inherit', 'ipc'],
    });
    // A message to one that has just been killed is lost, and no failure.
    loaded.on('error', () => undefined);
    return loaded;
  }

  function start(place: Place, orphaned?: Extract<Order, { type: 'start' }>['orphaned']): void {
    const child = spare !== undefined && !hasEnded(spare) ? spare : load();
    spare = undefined;
    place.child = child;
    send(child, { type: 'start', ahead: ahead(), role: place.role, ...(orphaned && { orphaned }) });
    let isUp = false;
    place.listening = new Promise(resolve => {
      child.on('message', (message: Said) => {
        if (message.type !== 'listening') return;
        if (message.webhookUrl !== undefined) github.webhooks.url = message.webhookUrl;
        vain = 0;
        isUp = true;
        spare ??= load();
        resolve(true);
      });
      child.once('exit', (_code, signal) => {
        if (isUp && signal !== 'SIGKILL') crashes++;
        place.struck?.();
        place.struck = undefined;
        resolve(false);
        if (!isEnding && ++vain < MAX_VAIN_STARTS) void succeed(place);
      });
    });
  }

  async function succeed(place: Place): Promise<void> {
    const before = Date.now();
    const others = places.filter(each => each !== place && !hasEnded(each.child));
    const { promise: listening, resolve } = Promise.withResolvers<boolean>();
    place.listening = listening;
    const said = await Promise.all(others.map(({ child }) => ask(child, { type: 'held?' }, 'held')));
    if (isEnding) return resolve(false);
    start(place, { before, held: said.flatMap(each => each?.ids ?? []) });
    resolve(place.listening);
  }

  const places = roles.map((role): Place => {
    const place: Place = { role, child: load(), listening: Promise.resolve(false) };
    spare = place.child;
    start(place);
    return place;
  });
  const at = (which: number): Place => places[which % places.length] ?? failPlace();

  return {
    async rest() {
      for (;;) {
        if (vain >= MAX_VAIN_STARTS) throw new Error('The server does not start any more.');
        const areUp = await Promise.all(places.map(({ listening }) => listening));
        if (!areUp.every(Boolean)) continue;
        const said = await ask(at(0).child, { type: 'idle?' }, 'idle');
        if (said !== undefined && places.every(({ child }) => !hasEnded(child))) return said;
      }
    },
    tell(order) {
      for (const place of places) {
        if (order.type === 'spare') place.struck = undefined;
        send(place.child, order);
      }
    },
    plan(order, which, struck) {
      const place = at(which);
      place.struck = struck;
      send(place.child, order);
    },
    async kill(which) {
      const { child } = at(which);
      if (hasEnded(child)) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    crashes: () => crashes,
    async stop() {
      isEnding = true;
      const children = [...places.map(({ child }) => child), ...(spare ? [spare] : [])].filter(each => !hasEnded(each));
      const ended = children.map(child => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ended);
    },
  };
}

/** What it answers; undefined when it ends before, or its database fails it. */
function ask<Type extends Said['type']>(
  child: ChildProcess,
  question: Extract<Order, { type: 'idle?' | 'held?' }>,
  type: Type,
): Promise<Extract<Said, { type: Type }> | undefined> {
  if (hasEnded(child)) return Promise.resolve(undefined);
  return new Promise(resolve => {
    const end = (): void => done(undefined);
    const answer = (said: Said): void => {
      if (isOf(said, type)) done(said);
      else if (said.type === 'again') done(undefined);
    };
    const done = (said: Extract<Said, { type: Type }> | undefined): void => {
      child.off('message', answer);
      child.off('exit', end);
      resolve(said);
    };
    child.on('message', answer);
    child.once('exit', end);
    send(child, question);
  });
}

const isOf = <Type extends Said['type']>(said: Said, type: Type): said is Extract<Said, { type: Type }> =>
  said.type === type;

const send = (child: ChildProcess, order: Order): void => void child.send(order, () => undefined);

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

function failPlace(): never {
  throw new Error('There is no server.');
}
