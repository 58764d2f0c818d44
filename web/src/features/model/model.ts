// What the page says of a model, from its report: the gate line by line, names of versions, ranges.
import type { Models, Version } from './queries';
import { locale } from '../../lib/language';

/** What a training needs: closed leads, and of each outcome. */
export const needs = { leads: 40, each: 10 };

/** A version is named by its kind and the start of its hash, as the same leads give the same model. */
export const nameOf = (version: Version): string => `${version.stage ?? 'none'}-${(version.sha256 ?? version.id.slice(-6)).slice(0, 6)}`;

export const serving = (models: Models): Version | null => models.models.find(({ status }) => status === 'champion') ?? null;

/** The one that is looked at: as the address says, else what serves, else the newest. */
export const picked = (models: Models, id: string | undefined): Version | null =>
  models.models.find((one) => one.id === id) ?? serving(models) ?? models.models[0] ?? null;

export interface GateLine {
  key: 'closed' | 'outcomes' | 'alarms' | 'signal' | 'sure' | 'calibration' | 'territories';
  now: string;
  needs: string;
  /** null: it was not come to. */
  passed: boolean | null;
}

const share = (value: number): string => `${Math.round(100 * value)}%`;

/** The gate itself, in its order: what the model had, what it takes. */
export function gateOf({ leads, won, code, report }: Version): GateLine[] {
  const { judged_on: judged, log_loss: loss, base_log_loss: base, sure, ece, ece_noise: noise, worst_territory: worst, first } = report;
  const lost = leads - won;
  const sureNeeded = first === false ? 0.95 : 0.99;
  const leaking = (report.alarms ?? []).filter(({ refuses }) => refuses).length;
  const judgedAtAll = judged !== undefined && code !== 'too_few';
  // What comes after the line that failed was not compared.
  const compared = judgedAtAll && ['superior', 'refreshed', 'not_better'].includes(code);
  return [
    { key: 'closed', now: leads.toLocaleString(locale()), needs: String(needs.leads), passed: leads >= needs.leads },
    {
      key: 'outcomes', now: `${won.toLocaleString(locale())} / ${lost.toLocaleString(locale())}`, needs: `${needs.each} / ${needs.each}`,
      passed: won >= needs.each && lost >= needs.each,
    },
    { key: 'alarms', now: code === 'too_few' && judged === undefined ? '–' : String(leaking), needs: '0', passed: code === 'too_few' && judged === undefined ? null : leaking === 0 },
    {
      key: 'signal', now: loss === undefined ? '–' : loss.toFixed(3), needs: base === undefined || base === 0 ? '–' : `< ${base.toFixed(3)}, ${share(sureNeeded)} sure`,
      passed: judgedAtAll ? code !== 'no_signal' : null,
    },
    {
      key: 'calibration', now: ece === undefined ? '–' : ece.toFixed(3), needs: noise === undefined ? '–' : `≤ ${(noise + 0.02).toFixed(3)}`,
      passed: judgedAtAll && code !== 'no_signal' && ece !== undefined && noise !== undefined ? ece <= noise + 0.02 : null,
    },
    {
      key: 'territories', now: worst === undefined ? '–' : share(worst), needs: '≤ 10%',
      passed: judgedAtAll && code !== 'no_signal' && code !== 'uncalibrated' && worst !== undefined ? worst <= 0.1 : null,
    },
    {
      key: 'sure', now: compared && sure !== undefined ? share(sure) : '–', needs: `≥ ${share(sureNeeded)}`,
      passed: compared ? code !== 'not_better' : null,
    },
  ];
}

/** Where the true share is with 95 % (Wilson), of `seen` among `leads`. */
export function range95(seen: number, leads: number): [number, number] {
  if (leads === 0) return [0, 1];
  const z = 1.96;
  const middle = (seen + (z * z) / (2 * leads)) / (1 + (z * z) / leads);
  const half = (z * Math.sqrt((seen * (1 - seen)) / leads + (z * z) / (4 * leads * leads))) / (1 + (z * z) / leads);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** How far new leads are from those learned from. */
export const driftOf = (psi: number): 'same' | 'some' | 'much' => (psi < 0.1 ? 'same' : psi < 0.25 ? 'some' : 'much');
