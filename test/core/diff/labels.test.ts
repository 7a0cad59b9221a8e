import { describe, expect, test } from 'vitest';
import { diffLabels } from '../../../src/core/diff/labels.ts';
import type { LabelEvent, LabelPlan } from '../../../src/core/plan.ts';

const plan: LabelPlan = {
  present: ['skill', 'triage-needed'],
  absent: ['knowledge', 'triage-uncertain', 'triage-requested-changes'],
  exclusive: ['triage-needed', 'triage-uncertain', 'triage-requested-changes'],
  colours: {},
};

const headSince = '2026-03-01T10:00:00Z';
const before = '2026-03-01T09:00:00Z';
const after = '2026-03-01T11:00:00Z';

const person = (type: LabelEvent['type'], label: string, at = after): LabelEvent => ({ label, type, byUs: false, at });
const ours = (type: LabelEvent['type'], label: string, at = before): LabelEvent => ({ label, type, byUs: true, at });

const steps = (labels: readonly string[], labelEvents: readonly LabelEvent[] = []) =>
  diffLabels(plan, { labels, labelEvents, headSince });

describe('labels', () => {
  test('that are missing are added', () =>
    expect(steps(['bug'])).toEqual([{ type: 'add_labels', labels: ['skill', 'triage-needed'], colours: {} }]));

  test('are the same in other letters', () => expect(steps(['Skill', 'TRIAGE-needed'])).toEqual([]));

  test('of ours that no longer hold are taken away', () =>
    expect(steps(['skill', 'triage-requested-changes'], [ours('labeled', 'triage-requested-changes')])).toEqual([
      { type: 'remove_label', label: 'triage-requested-changes' },
      { type: 'add_labels', labels: ['triage-needed'], colours: {} },
    ]));

  test('that a person removed since this head stay away', () =>
    expect(steps(['skill'], [ours('labeled', 'triage-needed'), person('unlabeled', 'triage-needed')])).toEqual([]));

  test('that a person removed before this head come again', () =>
    expect(steps(['skill'], [person('unlabeled', 'triage-needed', before)])).toEqual([
      { type: 'add_labels', labels: ['triage-needed'], colours: {} },
    ]));

  test('that we removed ourselves come again', () =>
    expect(steps(['skill'], [ours('unlabeled', 'triage-needed', after)])).toEqual([
      { type: 'add_labels', labels: ['triage-needed'], colours: {} },
    ]));

  test('that a person added stay, and ours gives way', () => {
    const events = [ours('labeled', 'triage-needed'), person('labeled', 'triage-requested-changes')];
    expect(steps(['skill', 'triage-needed', 'triage-requested-changes'], events)).toEqual([
      { type: 'remove_label', label: 'triage-needed' },
    ]);
    expect(steps(['skill', 'triage-requested-changes'], events)).toEqual([]);
    expect(steps(['skill', 'knowledge', 'triage-needed'], [person('labeled', 'knowledge')])).toEqual([]);
  });

  test('whose origin nobody knows count as a person’s', () => expect(steps(['skill', 'triage-uncertain'])).toEqual([]));

  test('that a workflow added are nobody’s decision', () =>
    expect(steps(['skill', 'triage-uncertain'], [{ ...person('labeled', 'triage-uncertain'), byBot: true }])).toEqual([
      { type: 'remove_label', label: 'triage-uncertain' },
      { type: 'add_labels', labels: ['triage-needed'], colours: {} },
    ]));

  test('are judged by the latest event, in whatever order they come', () =>
    expect(
      steps(['skill'], [person('unlabeled', 'triage-needed', after), ours('labeled', 'triage-needed', before)]),
    ).toEqual([]));
});
