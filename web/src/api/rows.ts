// The rows the app reads, as the server sends them: columns of the tables that the catalog describes (database.gen.ts),
// named once, so that a select and its type agree.
import type { PainPoint } from '../lib/domain';
import type { Tables } from './database.gen';

export interface ScoreFactor {
  field: string;
  label: string;
  value: string | number | boolean | string[] | null;
  points: number;
  max: number;
  hint: string | null;
}

type Of<T extends keyof Tables, Names extends readonly (keyof Tables[T])[]> = Pick<Tables[T], Names[number]>;

const dealNames = ['id', 'stage', 'outcome', 'value', 'currency', 'probability', 'expected_close'] as const;
type DealRow = Of<'deals', typeof dealNames>;

const dealDetailNames = [
  ...dealNames, 'created_at', 'deleted_at', 'submission_id', 'owner_id', 'version', 'title', 'probability_manual',
  'lost_reason', 'lost_note', 'next_contact_at', 'close_date', 'rate_date', 'territory_id',
] as const;
export type DealDetail = Of<'deals', typeof dealDetailNames>;
export const dealColumns = dealDetailNames.join(',');

const cardNames = [
  ...dealDetailNames, 'stage_changed_at', 'lead_score', 'business_name', 'first_response_due_at',
  'first_response_at', 'touched_at', 'next_step', 'next_due_at',
] as const;
/** A row of the view deal_cards: the deal's own columns are never null in it. */
export type DealCard = DealDetail & Of<'deals', readonly ['stage_changed_at', 'lead_score']>
  & Of<'deal_cards', readonly ['business_name', 'first_response_due_at', 'first_response_at', 'touched_at', 'next_step', 'next_due_at']>;
export const cardColumns = cardNames.join(',');

const rateNames = ['currency', 'rate_date', 'usd'] as const;
export type RateRow = Of<'exchange_rates', typeof rateNames>;
export const rateColumns = rateNames.join(',');

const leadNames = [
  'id', 'reference', 'created_at', 'updated_at', 'deleted_at', 'territory_id', 'owner_id', 'version', 'status', 'lead_score',
  'score_band', 'score_model', 'score_factors', 'score_adjustment', 'business_name', 'owner_name', 'country',
  'monthly_revenue_band', 'interest_level', 'stated_value', 'currency', 'first_response_due_at', 'first_response_at',
  'next_contact_at', 'business_key', 'business_type', 'email', 'phone', 'last_activity_at', 'tags', 'channel',
] as const;

export type LeadRow = Of<'submissions', typeof leadNames> & {
  score_factors: ScoreFactor[] | null;
  /** Missing in a row that came by the socket. */
  deals?: DealRow[];
};

/** What the open or last deal is worth, else what the merchant stated. */
export function worthOf({ deals = [], stated_value: stated, currency }: LeadRow): { amount: number; currency: string } | null {
  const deal = deals.find(({ stage }) => stage !== 'closed') ?? deals[0];
  if (deal && deal.value !== null) return { amount: deal.value, currency: deal.currency };
  return stated !== null && currency !== null ? { amount: stated, currency } : null;
}

export const leadRowColumns = `${leadNames.join(',')},deals(${dealNames.join(',')})`;

const leadDetailNames = [
  'status_reason', 'status_changed_at', 'previous_status', 'basic_score', 'completeness', 'confidence', 'scored_at', 'postal_code',
  'address', 'employee_band', 'monthly_transactions', 'average_ticket',
  'year_established', 'pain_points', 'current_processor', 'decision_makers', 'specific_needs', 'package_seen', 'signed_up',
  'preferred_language', 'consent_contact', 'consent_marketing', 'form_data', 'duplicate_of', 'previous_id',
  'previous_customer', 'flags', 'territory_source', 'territory_confidence',
] as const;
const phoneNames = ['number', 'label', 'is_primary'] as const;

export type LeadDetail = LeadRow & Omit<Of<'submissions', typeof leadDetailNames>, 'pain_points'> & {
  pain_points: PainPoint[];
  form_data: Record<string, unknown>;
  submission_phones: Of<'submission_phones', typeof phoneNames>[];
  deals: DealRow[];
  /** Null where there is none, or none that the caller may see; missing in a row that came by the socket. */
  organizations?: { id: string; name: string } | null;
  contacts?: { id: string; full_name: string } | null;
};

export const leadDetailColumns = `${leadRowColumns},${leadDetailNames.join(',')},submission_phones(${phoneNames.join(',')}),organizations(id,name),contacts(id,full_name)`;

const organizationNames = ['id', 'created_at', 'version', 'territory_id', 'country', 'name', 'name_key', 'business_type', 'website'] as const;
export type OrganizationRow = Of<'organizations', typeof organizationNames>;
export const organizationColumns = organizationNames.join(',');

const contactNames = [
  'id', 'created_at', 'version', 'territory_id', 'organization_id', 'full_name', 'email', 'preferred_language', 'consent_marketing',
] as const;
export type ContactPhone = Of<'contact_phones', readonly ['number', 'label', 'is_primary']>;
export type ContactRow = Of<'contacts', typeof contactNames> & {
  organizations: { id: string; name: string } | null;
  contact_phones: ContactPhone[];
};
export const contactColumns = contactNames.join(',');
export const contactDetailColumns = `${contactColumns},organizations(id,name),contact_phones(${phoneNames.join(',')})`;

const activityNames = [
  'id', 'created_at', 'submission_id', 'actor_id', 'kind', 'subject', 'body', 'data', 'due_at', 'completed_at', 'territory_id', 'deleted_at',
] as const;
export type ActivityRow = Of<'activities', typeof activityNames> & { data: Record<string, unknown> };
export const activityColumns = activityNames.join(',');

const changeNames = ['id', 'at', 'actor_id', 'changed'] as const;
/** What an update of a lead changed: column to what it was and what it became. */
export type ChangeRow = Of<'audit_log', typeof changeNames> & { changed: Record<string, [unknown, unknown]> };
export const changeColumns = changeNames.join(',');

export interface Candidate {
  profile_id?: string;
  name?: string;
  open?: number;
  capacity?: number;
  ratio?: number;
  bucket?: number;
  conversion?: number;
  eligible?: boolean;
  excluded?: string | null;
  chosen?: boolean;
}

const assignmentNames = [
  'id', 'created_at', 'submission_id', 'profile_id', 'previous_profile_id', 'actor_id', 'source', 'rule_priority', 'rule_kind',
  'strategy', 'confidence', 'reason', 'candidates',
] as const;
export type AssignmentRow = Of<'assignments', typeof assignmentNames> & { candidates: Candidate[] };
export const assignmentColumns = assignmentNames.join(',');

const scoreHistoryNames = ['id', 'created_at', 'submission_id', 'score', 'previous_score', 'band', 'model', 'factors'] as const;
export type ScoreHistoryRow = Of<'score_history', typeof scoreHistoryNames> & { factors: ScoreFactor[] };
export const scoreHistoryColumns = scoreHistoryNames.join(',');

const personNames = ['id', 'full_name', 'role', 'active', 'time_zone'] as const;
export type PersonRow = Of<'profiles', typeof personNames>;
export const personColumns = personNames.join(',');

/** What the function territory_tree answers. */
export type TerritoryNode = Pick<Tables['territories'], 'id' | 'code' | 'name' | 'kind' | 'parent_id' | 'country'> & {
  currency: string;
  /** The IANA name of the zone it works in. */
  time_zone: string;
  open_leads: number;
};

const noticeNames = ['id', 'created_at', 'type', 'params', 'entity_type', 'entity_id', 'priority', 'read_at', 'count'] as const;
export type NoticeRow = Of<'notifications', typeof noticeNames> & { params: Record<string, unknown> };
export const noticeColumns = noticeNames.join(',');

const viewNames = ['id', 'owner_id', 'territory_id', 'name', 'query', 'columns'] as const;
const markNames = ['pinned', 'is_default'] as const;
/** A saved view with the caller's own mark on it, if there is one. */
export type ViewRow = Of<'saved_views', typeof viewNames> & {
  columns: { id: string; width?: number }[];
  saved_view_marks: Of<'saved_view_marks', typeof markNames>[];
};
export const viewColumns = `${viewNames.join(',')},saved_view_marks(${markNames.join(',')})`;

const prefNames = ['type', 'in_app', 'email', 'push', 'quiet_from', 'quiet_to'] as const;
export type PrefRow = Of<'notification_prefs', typeof prefNames>;
export const prefColumns = prefNames.join(',');
