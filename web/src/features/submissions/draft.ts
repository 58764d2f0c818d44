// The answers so far. They stay in this browser for seven days and are sent only by the last button.
import { create } from 'zustand';

import type { PainPoint } from '../../lib/domain';

export interface Draft {
  country: string;
  sub_area: string;
  postal_code: string;
  business_name: string;
  business_type: string;
  owner_name: string;
  phone: string;
  email: string;
  consent_contact: boolean;
  consent_marketing: boolean;
  interest_level: number | null;
  pain_points: PainPoint[];
  monthly_revenue_band: string;
  employee_band: string;
  monthly_transactions: string;
  average_ticket: string;
  year_established: string;
  current_processor: string;
  specific_needs: string;
  form_data: Record<string, string>;
}

export const emptyDraft: Draft = {
  country: '', sub_area: '', postal_code: '', business_name: '', business_type: '', owner_name: '',
  phone: '', email: '', consent_contact: false, consent_marketing: false, interest_level: null,
  pain_points: [], monthly_revenue_band: '', employee_band: '', monthly_transactions: '',
  average_ticket: '', year_established: '', current_processor: '', specific_needs: '', form_data: {},
};

interface Kept {
  draft: Draft;
  step: number;
  /** The same for every attempt to send these answers, so that a retry cannot make a second lead. */
  idempotencyKey: string;
  savedAt: number;
}

const place = 'flash.draft';
const week = 7 * 24 * 60 * 60_000;

const fresh = (now: number): Kept => ({
  draft: emptyDraft, step: 0, idempotencyKey: crypto.randomUUID(), savedAt: now,
});

export function readDraft(now: number): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null;
    if (!kept || now - kept.savedAt > week) return fresh(now);
    return { ...kept, draft: { ...emptyDraft, ...kept.draft } };
  } catch {
    return fresh(now);
  }
}

export const useDraft = create<Kept>(() => readDraft(Date.now()));

useDraft.subscribe((kept) => {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // A full or blocked storage costs the draft after a reload, not the answers on screen.
  }
});

export const answer = (change: Partial<Draft>): void =>
  useDraft.setState(({ draft }) => ({ draft: { ...draft, ...change }, savedAt: Date.now() }));

export const goToStep = (step: number): void => useDraft.setState({ step });

export const renewKey = (): void => useDraft.setState({ idempotencyKey: crypto.randomUUID() });

export function forgetDraft(): void {
  useDraft.setState(fresh(Date.now()));
  localStorage.removeItem(place);
}
