import { describe, expect, it } from 'vitest';

import { ago, clock, dayMonth, isoDay, isoWeek, spanText, stamp } from './time';

const now = new Date('2026-11-22T15:42:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('ago', () => {
  it.each([
    [0, 'now'], [4, '4 min'], [120, '2 h'], [24 * 60, 'Yesterday'], [4 * 24 * 60, '18 Nov'], [400 * 24 * 60, '18 Oct 2025'],
  ])('%i minutes', (minutes, words) => expect(ago(before(minutes), now)).toBe(words));
});

describe('spanText', () => {
  it.each([
    [0, '0 m'], [23, '23 m'], [112, '1 h 52 m'], [60, '1 h'], [26 * 60, '1 d 2 h'], [50 * 60, '2 d'],
  ])('%i minutes', (minutes, words) => expect(spanText(minutes)).toBe(words));
});

it('shows one instant in two zones', () => {
  expect(clock(now, 'America/Jamaica')).toBe('10:42');
  expect(clock(now, 'America/Curacao')).toBe('11:42');
});

it('knows that it is another day elsewhere', () => {
  const early = new Date('2026-11-23T03:00:00Z');
  expect(isoDay(early, 'America/Jamaica')).toBe('2026-11-22');
  expect(isoDay(early, 'Pacific/Kiritimati')).toBe('2026-11-23');
});

it('shows the time today and the day before', () => {
  expect(stamp(before(5), now)).toBe('15:37');
  expect(stamp(before(4 * 24 * 60), now)).toBe('18 Nov');
});

it('writes September in three letters', () => {
  expect(dayMonth(new Date('2026-09-03T12:00:00Z'))).toBe('3 Sep');
});

it.each([['2026-11-22', 47], ['2026-01-01', 1], ['2027-01-01', 53], ['2024-12-30', 1]])('%s is in ISO week %i', (day, week) => {
  expect(isoWeek(new Date(`${day}T12:00:00`))).toBe(week);
});
