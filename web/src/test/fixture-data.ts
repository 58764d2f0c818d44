// Invented rows in the server's shapes, for tests and for `npm run dev` without a server.
import type {
  ActivityRow, AssignmentRow, DealDetail, LeadDetail, PersonRow, RateRow, ScoreFactor, ScoreHistoryRow, TerritoryNode,
} from '../api/rows';
import { bandOf, employeeBands, painPoints, revenueBands, type Status } from '../lib/domain';

export const people: PersonRow[] = [
  ['Shanice Brown', 'manager'], ['Kemar Campbell', 'rep'], ['Rochelle Clarke', 'rep'],
  ['Tiffany Ebanks', 'rep'], ['Rensley Martina', 'rep'], ['Andre Whyte', 'rep'],
].map(([full_name = '', role], i) => ({
  id: `00000000-0000-7000-8000-00000000000${i + 1}`, full_name, role: role as PersonRow['role'], active: true,
  time_zone: 'America/Jamaica',
}));

const nodes: [string, string, TerritoryNode['kind'], string | null, string | null, string][] = [
  ['CARIB', 'Caribbean', 'root', null, null, 'USD'],
  ['JM', 'Jamaica', 'country', 'CARIB', 'JM', 'JMD'], ['KY', 'Cayman Islands', 'country', 'CARIB', 'KY', 'KYD'],
  ['CW', 'Curaçao', 'country', 'CARIB', 'CW', 'XCG'],
  ['JM-SURREY', 'Surrey', 'region', 'JM', 'JM', 'JMD'], ['JM-MIDDX', 'Middlesex', 'region', 'JM', 'JM', 'JMD'],
  ['JM-CORNW', 'Cornwall', 'region', 'JM', 'JM', 'JMD'],
  ['JM-01', 'Kingston', 'area', 'JM-SURREY', 'JM', 'JMD'], ['JM-02', 'Saint Andrew', 'area', 'JM-SURREY', 'JM', 'JMD'],
  ['JM-04', 'Portland', 'area', 'JM-SURREY', 'JM', 'JMD'], ['JM-06', 'Saint Ann', 'area', 'JM-MIDDX', 'JM', 'JMD'],
  ['JM-10', 'Westmoreland', 'area', 'JM-CORNW', 'JM', 'JMD'],
  ['KY-GT', 'George Town', 'area', 'KY', 'KY', 'KYD'], ['KY-WB', 'West Bay', 'area', 'KY', 'KY', 'KYD'],
  ['CW-WIL', 'Willemstad', 'area', 'CW', 'CW', 'XCG'], ['CW-JTH', 'Jan Thiel', 'area', 'CW', 'CW', 'XCG'],
];
const idOf = (code: string | null) => (code === null ? null : nodes.findIndex(([one]) => one === code) + 1);

const names = [
  'Hagley Park Hardware', 'Seven Mile Dive Centre', 'Pietermaai Suites B.V.', 'Savanna-la-Mar Pharmacy',
  'Cross Roads Optical', 'Boardwalk Grill & Bar', 'Otrobanda Optiek N.V.', 'Ocho Rios Marina Diner',
  'Santa Rosa Supermarket', 'Liguanea Dental Centre', 'Spanish Town Wholesale', 'Bodden Town Bakery',
  'Jan Thiel Beach Club', 'Rio Grande Garden Inn', 'Mandeville Tyre & Auto', 'Santa Cruz Farm Store',
  'Rum Point Watersports', 'Papine Jerk Centre', 'Sint Michiel Visrestaurant', 'Punda Electronics',
];
const owners = ['Marva Lindsay', 'Curtis Rivers', 'Ilse van der Veen', 'Dr Paulette Grant', 'Everton Pryce', 'Yvonne Passley'];
const areas = nodes.filter(([, , kind]) => kind === 'area');
const states: Status[] = ['new', 'contacted', 'qualified', 'new', 'contacted', 'nurture', 'converted', 'disqualified'];

/** A small generator, so that every run has the same rows. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function factors(next: () => number): ScoreFactor[] {
  const maxima: [string, string, number, string][] = [
    ['revenue', 'Revenue band', 25, '10k-50k'], ['interest', 'Interest', 20, '7 of 10'],
    ['transactions', 'Transactions', 15, '200 a month'], ['pain_points', 'Pain points', 15, '2 relevant of 3'],
    ['engagement', 'Engagement', 10, 'package, processor'], ['employees', 'Employees', 10, '6-20'],
    ['business_age', 'Business age', 5, '3 full years'],
  ];
  return maxima.map(([field, label, max, value]) => ({
    field, label, value, max, points: Math.floor(Math.sqrt(next()) * (max + 1)), hint: null,
  }));
}

export function makeLeads(count: number, now: number): LeadDetail[] {
  const next = random(7);
  return Array.from({ length: count }, (_, i) => {
    const [code, , , , country, currency] = areas[Math.floor(next() ** 1.4 * areas.length)] ?? areas[0]!;
    const score_factors = factors(next);
    const sum = score_factors.reduce((total, factor) => total + factor.points, 0);
    const score_adjustment = i % 3 === 0 ? Math.min(100, Math.round(sum * 1.05)) - sum : 0;
    const lead_score = Math.min(100, sum + score_adjustment);
    const created_at = new Date(now - Math.floor(next() ** 1.5 * 90 * 86_400_000)).toISOString();
    const status = states[i % states.length] ?? 'new';
    const number = `+1876555${String(1000 + i)}`;
    return {
      id: `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`, reference: `FL-7Q2K${10 + (i % 89)}`,
      created_at, updated_at: created_at, deleted_at: null, territory_id: idOf(code) ?? 1,
      owner_id: i % 9 === 4 ? null : (people[i % people.length]?.id ?? null), version: 1, status,
      lead_score, score_band: bandOf(lead_score), score_model: 'points-v2', score_factors, score_adjustment,
      business_name: `${names[i % names.length] ?? ''}${i >= names.length ? ` ${Math.floor(i / names.length) + 1}` : ''}`,
      business_key: `${(names[i % names.length] ?? '').toLowerCase()} ${String(i).padStart(4, '0')}`, tags: i % 10 === 3 ? ['expo'] : [], last_activity_at: null,
      owner_name: owners[i % owners.length] ?? '', country: country ?? 'JM',
      monthly_revenue_band: revenueBands[i % 5] ?? null, interest_level: (i % 10) + 1,
      stated_value: i % 4 === 1 ? null : Math.round(next() * 60) * (currency === 'JMD' ? 100_000 : 1000), currency,
      first_response_due_at: new Date(Date.parse(created_at) + 4 * 3_600_000).toISOString(),
      first_response_at: status === 'new' ? null : new Date(Date.parse(created_at) + 3_600_000).toISOString(),
      next_contact_at: null, status_reason: null, status_changed_at: created_at, previous_status: null,
      basic_score: 80, completeness: 1, confidence: 0.65, scored_at: created_at, email: `owner${i}@example.com`,
      phone: number, postal_code: null, address: null, business_type: 'hospitality',
      employee_band: employeeBands[i % 5] ?? null, monthly_transactions: 200, average_ticket: 18_500,
      year_established: 2023, pain_points: [...painPoints.slice(0, 2), 'reporting'], current_processor: 'Bank terminal',
      decision_makers: [], specific_needs: null, package_seen: true, signed_up: false, preferred_language: 'en',
      consent_contact: true, consent_marketing: false, form_data: {}, channel: 'public_form', duplicate_of: null,
      previous_id: null, previous_customer: false, flags: [], territory_source: 'stated', territory_confidence: 1,
      submission_phones: [{ number, label: 'whatsapp', is_primary: true }], deals: [],
    };
  });
}

/** A deal for every qualified lead, which decides its status. */
export const makeDeals = (leads: LeadDetail[]): DealDetail[] =>
  leads.filter(({ status }) => status === 'qualified').map((lead, i) => ({
    id: `018f4000-0000-7000-8000-${String(i).padStart(12, '0')}`, created_at: lead.created_at, deleted_at: null,
    submission_id: lead.id, owner_id: lead.owner_id, version: 1, title: lead.business_name,
    stage: i % 2 === 0 ? 'proposal' : 'qualified', outcome: null, value: 125_000 + i * 1000, currency: lead.currency ?? 'USD',
    probability: i % 2 === 0 ? 60 : 35, probability_manual: false, expected_close: '2026-12-18', lost_reason: null,
    lost_note: null, next_contact_at: null, close_date: null, rate_date: '2026-11-01', territory_id: lead.territory_id,
  }));

export const rates: RateRow[] = [
  { currency: 'JMD', rate_date: '2026-10-01', usd: 0.006 }, { currency: 'JMD', rate_date: '2026-11-08', usd: 0.007 },
  { currency: 'KYD', rate_date: '2020-01-01', usd: 1.2 }, { currency: 'XCG', rate_date: '2020-01-01', usd: 0.558_659_22 },
];

export function makeTree(leads: LeadDetail[]): TerritoryNode[] {
  const tree = nodes.map(([code, name, kind, parent, country, currency]) => ({
    id: idOf(code) ?? 0, code, name, kind, parent_id: idOf(parent), country, currency, time_zone: country === 'CW' ? 'America/Curacao' : 'America/Jamaica', open_leads: 0,
  }));
  const open = leads.filter((lead) => ['new', 'contacted', 'qualified', 'nurture'].includes(lead.status));
  for (const lead of open) {
    let node = tree.find(({ id }) => id === lead.territory_id);
    while (node) {
      node.open_leads += 1;
      const parent: number | null = node.parent_id;
      node = tree.find(({ id }) => id === parent);
    }
  }
  return tree;
}

export const makeActivities = (leads: LeadDetail[], now: number): (ActivityRow & { submissions: unknown })[] =>
  leads.slice(0, 40).map((lead, i) => ({
    id: `018f1000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    created_at: new Date(now - i * 11 * 60_000).toISOString(), submission_id: lead.id,
    actor_id: i % 4 === 0 ? null : lead.owner_id, kind: (['intake', 'call', 'note', 'status_change', 'email'] as const)[i % 5] ?? 'note',
    subject: null, body: i % 5 === 1 ? 'Wants to see what a card sale nets after fees.' : null,
    data: i % 5 === 3 ? { from: 'new', to: 'contacted' } : {}, due_at: null, completed_at: null, territory_id: lead.territory_id,
    deleted_at: null, submissions: { business_name: lead.business_name, lead_score: lead.lead_score },
  }));

export const makeAssignments = (leads: LeadDetail[]): AssignmentRow[] =>
  leads.map((lead, i) => ({
    id: `018f2000-0000-7000-8000-${String(i).padStart(12, '0')}`, created_at: lead.created_at, submission_id: lead.id,
    profile_id: lead.owner_id, previous_profile_id: null, actor_id: null, source: 'rules', rule_priority: 40,
    rule_kind: 'territory', strategy: 'least_loaded', confidence: 0.92,
    reason: 'Rule 40 Territory (least loaded): Kemar 9/20, Rochelle 13/20. Kemar is in the lower load bucket.',
    candidates: [
      { profile_id: people[1]!.id, name: 'Kemar Campbell', open: 9, capacity: 20, ratio: 0.45, bucket: 2, conversion: 0.41, eligible: true, chosen: true },
      { profile_id: people[2]!.id, name: 'Rochelle Clarke', open: 13, capacity: 20, ratio: 0.65, bucket: 3, conversion: 0.38, eligible: true },
      { profile_id: people[5]!.id, name: 'Andre Whyte', eligible: false, excluded: 'out_of_office' },
    ],
  }));

export const makeScores = (leads: LeadDetail[]): ScoreHistoryRow[] =>
  leads.map((lead, i) => ({
    id: `018f3000-0000-7000-8000-${String(i).padStart(12, '0')}`, created_at: lead.created_at, submission_id: lead.id,
    score: lead.lead_score ?? 0, previous_score: null, band: lead.score_band ?? 'cold', model: 'points-v2',
    factors: lead.score_factors ?? [],
  }));

const sub = (country: string) =>
  nodes.filter(([, , kind, , of]) => kind === 'area' && of === country).map(([code, name]) => ({ code, name }));

export const formConfig = {
  seller: 'Harbour Pay',
  currencies: [{ code: 'JMD', usd: 0.00625 }, { code: 'KYD', usd: 1.2 }, { code: 'XCG', usd: 0.55866 }],
  territories: [
    {
      code: 'JM', country: 'JM', name: 'Jamaica', currency: 'JMD', phone_prefixes: ['1876', '1658'], sub_area_label: 'parish',
      sub_areas: sub('JM'),
      form_fields: [
        { name: 'business_registration_number', label: 'Business registration number', max_length: 20 },
        { name: 'tax_registration_number', label: 'Tax registration number (TRN)', max_length: 20, digits: 9 },
      ],
    },
    {
      code: 'KY', country: 'KY', name: 'Cayman Islands', currency: 'KYD', phone_prefixes: ['1345'], sub_area_label: 'district',
      postal_pattern: '^KY[1-3](-[0-9]{4})?$', sub_areas: sub('KY'),
      form_fields: [{ name: 'company_registration', label: 'Company registration', max_length: 20 }],
    },
    {
      code: 'CW', country: 'CW', name: 'Curaçao', currency: 'XCG', phone_prefixes: ['5999'], sub_area_label: 'area',
      sub_areas: sub('CW'),
      form_fields: [{ name: 'tax_id', label: 'Tax number (CRIB)', max_length: 20 }],
    },
  ],
};

/** Three notices of the manager's: the first two unread. */
export const makeNotices = (leads: LeadDetail[], now: number): Record<string, unknown>[] =>
  [['hot_lead', 'urgent', null], ['deal_won', 'normal', null], ['lead_transferred', 'normal', 1]].map(([type, priority, read], i) => ({
    id: `0000000${i}-aaaa-7000-8000-000000000000`, created_at: new Date(now - (i + 1) * 60_000).toISOString(), type, priority,
    params: i === 1 ? { title: leads[i]?.business_name, submission_id: leads[i]?.id } : { business_name: leads[i]?.business_name },
    entity_type: i === 1 ? 'deal' : 'submission', entity_id: leads[i]?.id, count: 1,
    read_at: read === null ? null : new Date(now).toISOString(),
  }));
