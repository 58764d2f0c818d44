import { expect, it } from 'vitest';

import { driftOf, gateOf, nameOf, picked, range95 } from './model';
import type { Models, Version } from './queries';

const version = (change: Partial<Version> = {}): Version => ({
  id: '01a20533-0000-7000-8000-000000abcdef', created_at: '2026-11-22T10:00:00Z', status: 'rejected', stage: 'lr', sha256: 'abcdef0123', seed: 1,
  leads: 229, won: 51, leads_from: null, leads_to: null, code: 'superior', reason: 'x', promoted_at: null, promoted_by: null,
  report: { judged_on: 229, auc: 0.7, log_loss: 0.4, base_log_loss: 0.5, sure: 1, ece: 0.02, ece_noise: 0.03, worst_territory: 0.01, first: true },
  ...change,
});
const states = (one: Version) => Object.fromEntries(gateOf(one).map(({ key, passed }) => [key, passed]));

it('all lines of the gate pass for a model that serves', () => {
  expect(Object.values(states(version()))).toEqual(Array(7).fill(true));
});

it('what comes after the line that failed was not reached', () => {
  const lines = states(version({ code: 'no_signal' }));
  expect(lines).toMatchObject({ closed: true, outcomes: true, alarms: true, signal: false, calibration: null, territories: null, sure: null });
});

it('a refusal for too few leads says which are missing', () => {
  const lines = states(version({ code: 'too_few', leads: 30, won: 5, stage: null, sha256: null, report: {} }));
  expect(lines).toMatchObject({ closed: false, outcomes: false, alarms: null, signal: null, sure: null });
});

it('a field that knows the outcome is the one line that fails', () => {
  const lines = states(version({ code: 'leak', report: { alarms: [{ field: 'invoice', sentence: 'x', refuses: true }] } }));
  expect(lines).toMatchObject({ closed: true, alarms: false, signal: null });
});

it('a later model must be 95 % sure, the first 99 %', () => {
  const needs = (first: boolean) => gateOf(version({ report: { ...version().report, first } })).find(({ key }) => key === 'sure')?.needs;
  expect([needs(true), needs(false)]).toEqual(['≥ 99%', '≥ 95%']);
});

it('shows what the address says, else what serves, else the newest', () => {
  const [a, b] = [version({ id: 'a' }), version({ id: 'b', status: 'champion' })];
  const models = { models: [a, b] } as Models;
  expect(picked(models, 'a')).toBe(a);
  expect(picked(models, 'gone')).toBe(b);
  expect(picked({ models: [a] } as Models, undefined)).toBe(a);
  expect(picked({ models: [] as Version[] } as Models, undefined)).toBeNull();
});

it('ranges hold the share, and are wide on few leads', () => {
  const [low, high] = range95(0.5, 10);
  expect(low).toBeCloseTo(0.237, 2);
  expect(high).toBeCloseTo(0.763, 2);
  expect(range95(0, 5)[0]).toBe(0);
  expect(range95(1, 0)).toEqual([0, 1]);
});

it('names versions by kind and hash, and drift by its limits', () => {
  expect(nameOf(version())).toBe('lr-abcdef');
  expect(nameOf(version({ stage: null, sha256: null }))).toBe('none-abcdef');
  expect([0.09, 0.1, 0.25].map(driftOf)).toEqual(['same', 'some', 'much']);
});
