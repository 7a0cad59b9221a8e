/** A webhook call that GitHub has no good answer to. */
type Lost = { readonly guid: string; readonly attempts: number };

/** GitHub's log of deliveries, and what of it is stored here. */
export type DeliveryLog<Delivery extends Lost> = {
  /** Those since then that failed, each once, the oldest first. */
  readonly list: (since: Date) => Promise<readonly Delivery[]>;
  /** Those of the GUIDs under which something is stored. */
  readonly known: (guids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Throws when GitHub does not take the wish. */
  readonly askFor: (delivery: Delivery) => Promise<void>;
};

/** GitHub sends again what is not older. */
const KEPT_DAYS = 3;

/** What was refused so often has a reason of its own, and is left to the sweep. */
const MAX_ATTEMPTS = 4;

/** Asked for at a time; an hour later it goes on. */
const MAX_ASKED = 500;

/** The deliveries of the last days that are worth asking for again: never stored, and not refused again and again. */
export async function findLost<Delivery extends Lost>(
  { list, known }: Pick<DeliveryLog<Delivery>, 'list' | 'known'>,
  now: Date,
): Promise<readonly Delivery[]> {
  const failed = await list(new Date(now.getTime() - KEPT_DAYS * 24 * 3_600_000));
  const stored = await known(failed.map(({ guid }) => guid));
  return failed.filter(({ guid, attempts }) => !stored.has(guid) && attempts < MAX_ATTEMPTS);
}

/** Asks GitHub to send again what did not reach us. Tells how many; one that GitHub no longer has does not keep the others. */
export async function redeliverLost<Delivery extends Lost>(log: DeliveryLog<Delivery>, now: Date): Promise<number> {
  let asked = 0;
  for (const delivery of (await findLost(log, now)).slice(0, MAX_ASKED)) {
    const isTaken = await log.askFor(delivery).then(
      () => true,
      () => false,
    );
    if (isTaken) asked++;
  }
  return asked;
}
