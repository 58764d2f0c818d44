// The rows the app reads, as the server sends them. Column lists live here, so a select and its type agree.
import type { Band, BusinessType, EmployeeBand, PainPoint, RevenueBand, Role, Status } from '../lib/domain';

export interface ScoreFactor {
  field: string;
  label: string;
  value: string | number | boolean | string[] | null;
  points: number;
  max: number;
  hint: string | null;
}

interface DealRow {
  id: string;
  stage: string;
  outcome: 'won' | 'lost' | null;
  value: number | null;
  currency: string;
  probability: number;
  expected_close: string | null;
}

export interface DealDetail extends DealRow {
  created_at: string;
  deleted_at: string | null;
  submission_id: string | null;
  owner_id: string | null;
  version: number;
  title: string;
  probability_manual: boolean;
  lost_reason: 'price' | 'competitor' | 'no_decision' | 'no_budget' | 'timing' | 'product_gap' | 'regulatory' | 'other' | null;
  lost_note: string | null;
  next_contact_at: string | null;
  close_date: string | null;
}

export const dealColumns =
  'id,created_at,deleted_at,submission_id,owner_id,version,title,stage,outcome,value,currency,probability,'
  + 'probability_manual,expected_close,lost_reason,lost_note,next_contact_at,close_date';

export interface LeadRow {
  id: string;
  reference: string;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  territory_id: number;
  owner_id: string | null;
  version: number;
  status: Status;
  lead_score: number | null;
  score_band: Band | null;
  score_model: string | null;
  score_factors: ScoreFactor[] | null;
  score_adjustment: number | null;
  business_name: string;
  owner_name: string;
  country: string;
  monthly_revenue_band: RevenueBand | null;
  interest_level: number;
  stated_value: number | null;
  currency: string | null;
  first_response_due_at: string | null;
  first_response_at: string | null;
  next_contact_at: string | null;
  /** Missing in a row that came by the socket. */
  deals?: DealRow[];
}

/** What the open or last deal is worth, else what the merchant stated. */
export function worthOf({ deals = [], stated_value: stated, currency }: LeadRow): { amount: number; currency: string } | null {
  const deal = deals.find(({ stage }) => stage !== 'closed') ?? deals[0];
  if (deal && deal.value !== null) return { amount: deal.value, currency: deal.currency };
  return stated !== null && currency !== null ? { amount: stated, currency } : null;
}

export const leadRowColumns =
  'id,reference,created_at,updated_at,deleted_at,territory_id,owner_id,version,status,lead_score,score_band,'
  + 'score_model,score_factors,score_adjustment,business_name,owner_name,country,monthly_revenue_band,'
  + 'interest_level,stated_value,currency,first_response_due_at,first_response_at,next_contact_at,'
  + 'deals(id,stage,outcome,value,currency,probability,expected_close)';

interface PhoneRow {
  number: string;
  label: string;
  is_primary: boolean;
}

export interface LeadDetail extends LeadRow {
  status_reason: string | null;
  status_changed_at: string;
  previous_status: Status | null;
  basic_score: number | null;
  completeness: number | null;
  confidence: number | null;
  scored_at: string | null;
  email: string | null;
  phone: string | null;
  postal_code: string | null;
  address: string | null;
  business_type: BusinessType;
  employee_band: EmployeeBand | null;
  monthly_transactions: number | null;
  average_ticket: number | null;
  year_established: number | null;
  pain_points: PainPoint[];
  current_processor: string | null;
  decision_makers: string[];
  specific_needs: string | null;
  package_seen: boolean;
  signed_up: boolean;
  preferred_language: string | null;
  consent_contact: boolean;
  consent_marketing: boolean;
  form_data: Record<string, unknown>;
  channel: 'public_form' | 'rep_form' | 'import' | 'api' | 'sql';
  duplicate_of: string | null;
  previous_id: string | null;
  previous_customer: boolean;
  flags: string[];
  territory_source: string | null;
  territory_confidence: number | null;
  submission_phones: PhoneRow[];
  deals: DealRow[];
}

export const leadDetailColumns =
  `${leadRowColumns},status_reason,status_changed_at,previous_status,basic_score,completeness,confidence,`
  + 'scored_at,email,phone,postal_code,address,business_type,employee_band,monthly_transactions,'
  + 'average_ticket,year_established,pain_points,current_processor,decision_makers,specific_needs,'
  + 'package_seen,signed_up,preferred_language,consent_contact,consent_marketing,form_data,channel,'
  + 'duplicate_of,previous_id,previous_customer,flags,territory_source,territory_confidence,'
  + 'submission_phones(number,label,is_primary)';

export interface ActivityRow {
  id: string;
  created_at: string;
  submission_id: string | null;
  actor_id: string | null;
  kind: string;
  subject: string | null;
  body: string | null;
  data: Record<string, unknown>;
  completed_at: string | null;
  territory_id: number;
  deleted_at: string | null;
}

export const activityColumns =
  'id,created_at,submission_id,actor_id,kind,subject,body,data,completed_at,territory_id,deleted_at';

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

export interface AssignmentRow {
  id: string;
  created_at: string;
  submission_id: string;
  profile_id: string | null;
  previous_profile_id: string | null;
  actor_id: string | null;
  source: 'rules' | 'take' | 'manual' | 'transfer' | 'escalation';
  rule_priority: number | null;
  rule_kind: string | null;
  strategy: string | null;
  confidence: number | null;
  reason: string;
  candidates: Candidate[];
}

export const assignmentColumns =
  'id,created_at,submission_id,profile_id,previous_profile_id,actor_id,source,rule_priority,rule_kind,'
  + 'strategy,confidence,reason,candidates';

export interface ScoreHistoryRow {
  id: string;
  created_at: string;
  submission_id: string;
  score: number;
  previous_score: number | null;
  band: Band;
  model: string;
  factors: ScoreFactor[];
}

export const scoreHistoryColumns =
  'id,created_at,submission_id,score,previous_score,band,model,factors';

export interface PersonRow {
  id: string;
  full_name: string;
  role: Role;
  active: boolean;
  time_zone: string;
}

export interface TerritoryNode {
  id: number;
  code: string;
  name: string;
  kind: 'root' | 'country' | 'region' | 'area';
  parent_id: number | null;
  country: string | null;
  currency: string;
  open_leads: number;
}
