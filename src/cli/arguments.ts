import { InvalidArgumentError } from 'commander';

/** A day (UTC), such as 2026-03-01. */
export function day(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('It must be a day such as 2026-03-01.');
  return date;
}

/** From 1 on. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}

/** Such as instructlab/taxonomy#852. */
export function pullRequestName(text: string): { owner: string; name: string; number: number } {
  const [, owner, name, number] = /^([\w.-]+)\/([\w.-]+)#([1-9]\d{0,8})$/.exec(text) ?? [];
  if (owner === undefined || name === undefined)
    throw new InvalidArgumentError('It must look like owner/repository#12.');
  return { owner, name, number: Number(number) };
}
