// The public form in English.
import { translator } from './messages';

const en = {
  title: 'Tell {seller} about your business',
  step: 'Step {n} of {all}',
  back: 'Back',
  continue: 'Continue',
  send: 'Send',
  sending: 'Sending',
  optional: 'optional',
  choose: 'Choose',
  kept: 'Saved on this device only, until you send it.',
  loading: 'Loading the form',
  load_failed: 'The form could not be loaded',
  load_failed_more: 'Check the connection. What you typed before is kept.',
  retry: 'Try again',
  request: 'Request',

  business_heading: 'What is your business?',
  country: 'Country',
  business_name: 'Business name',
  business_type: 'Kind of business',
  sub_area: 'Your {label}',
  postal_code: 'Postcode',

  contact_heading: 'How can we reach you?',
  owner_name: 'Your name',
  phone: 'Mobile',
  phone_hint: 'Or give an e-mail below. One of the two is enough.',
  email: 'E-mail',
  consent: '{seller} may contact me about this request.',
  consent_what: 'What we store',
  consent_details:
    'Your answers on this form, when you gave them, and that you agreed. Only the sales team of your area reads them. Ask us to delete them at any time.',
  marketing: 'Send me news once a month',

  interest_heading: 'How soon would you switch?',
  interest_hint: '1 is only looking. 10 is ready to start this week.',
  interest_low: 'Only looking',
  interest_high: 'Ready to start',
  interest_label: 'How soon would you switch, 1 to 10',
  pains: 'What slows you down today?',
  revenue: 'Sales each month',
  about: 'About {amount}',
  or_more: '{from} or more',
  up_to: 'Up to {to}',
  up_to_small: 'up to {to}',
  million: '{n} million',

  more_heading: 'Anything else?',
  more_hint: 'All of this is optional. It helps us to answer with the right offer.',
  transactions: 'Sales a month, how many',
  ticket: 'Average sale',
  employees: 'People who work there',
  established: 'Year it opened',
  processor: 'Who handles your payments today?',
  needs: 'What do you need?',

  sent_heading: 'We have your request',
  sent_more: '{seller} will contact you. Keep this reference if you call us.',
  reference: 'Reference',
  another: 'Send another request',

  offline_heading: 'No connection',
  offline_more: 'Your answers are kept. Send them when you are back online.',
  failed_heading: 'It was not sent',
  failed_more: 'The server could not take it. Your answers are kept; try again in a moment.',
  busy_more: 'Too many requests came from this network. Try again in a minute.',

  faults_one: 'One answer needs a change',
  faults_other: '{n} answers need a change',

  'type.restaurant': 'Restaurant or bar',
  'type.retail': 'Shop',
  'type.hospitality': 'Hotel or guest house',
  'type.healthcare': 'Health care',
  'type.automotive': 'Cars and repair',
  'type.other': 'Something else',

  'pain.high_fees': 'High fees',
  'pain.slow_processing': 'Slow payouts',
  'pain.international_payments': 'Foreign cards',
  'pain.poor_support': 'Poor support',
  'pain.security_concerns': 'Security',
  'pain.reporting': 'Hard to reconcile',
  'pain.integration': 'Does not connect',
  'pain.equipment': 'Old equipment',

  'rule.required': 'Give an answer here.',
  'rule.too_short': 'This is too short.',
  'rule.too_long': 'This is too long.',
  'rule.invalid': 'This does not look right.',
  'rule.not_allowed': 'Choose one of the answers.',
  'rule.out_of_range': 'This number is not possible.',
  'rule.needs_email_or_phone': 'Give a mobile number or an e-mail address.',
  'rule.phone_needs_area_code': 'Seven digits need an area code. Did you mean one of these?',
  'rule.must_be_true': 'Agree, so that we may answer you.',
  'rule.phone.invalid': 'This number does not exist. Check its digits.',
  'rule.email.invalid': 'An address looks like name@example.com.',
  'rule.interest_level.required': 'Choose a number from 1 to 10.',
  'rule.postal_code.invalid': 'A postcode looks like KY1-1001.',
  'rule.year_established.out_of_range': 'Choose a year from 1800 to this year.',

  'short.phone_needs_area_code': 'add the area code',
  'short.required': 'missing',
  'short.too_short': 'too short',
  'short.too_long': 'too long',
  'short.invalid': 'check it',
  'short.not_allowed': 'choose one',
  'short.out_of_range': 'not possible',
  'short.needs_email_or_phone': 'one of the two is needed',
  'short.must_be_true': 'needs your yes',
} as const;

type FormKey = keyof typeof en;
const form = translator(en, 'form.');

export const { t, count } = form;
const known = form.has;

/** The sentence for a broken rule: the field's own if there is one. */
export function ruleText(field: string, rule: string): string {
  const own = `rule.${field}.${rule}`;
  const general = `rule.${rule}`;
  const key = known(own) ? own : known(general) ? general : 'rule.invalid';
  return form.word(key) ?? '';
}

export function shortRule(rule: string): string {
  const key = `short.${rule}`;
  return form.word(known(key) ? key : 'short.invalid') ?? '';
}

export function fieldName(field: string): string {
  const names: Record<string, FormKey> = {
    monthly_revenue_band: 'revenue', employee_band: 'employees', monthly_transactions: 'transactions',
    average_ticket: 'ticket', year_established: 'established', current_processor: 'processor',
    specific_needs: 'needs', consent_contact: 'consent', interest_level: 'interest_heading',
    sub_area: 'sub_area', pain_points: 'pains',
  };
  const key = names[field] ?? field;
  return known(key) ? (form.word(key) ?? '').replace(/ ?\{\w+\}/, '') : field;
}
