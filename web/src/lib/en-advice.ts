// Recommended steps in English, over the words every screen has.
import { en } from './en';
import { fill, translator } from './messages';

const advice = {
  ...en,

  'advice.title': 'Recommended',
  'advice.failed': 'Recommendations could not be read',
  'advice.none': 'Nothing to do now.',
  'advice.due': 'by {at}',
  'advice.due_today': 'today',
  'advice.done': 'Done',
  'advice.snooze': 'Later',
  'advice.dismiss': 'No',
  'advice.done_label': 'Done: {step}',
  'advice.snooze_label': 'Later, in three days: {step}',
  'advice.dismiss_label': 'No, not needed: {step}',
  'advice.was_done': '{step}: done',
  'advice.was_snoozed': '{step}: again in three days',
  'advice.was_dismissed': '{step}: not needed',
  'advice.was_null': '{step}: open again',
  'advice.undo': 'Undo',
  'advice.not_kept': 'That was not kept: {reason}',
  'advice.decided_one': '{n} decided',
  'advice.decided_other': '{n} decided',
  'advice.more_one': '{n} more',
  'advice.more_other': '{n} more',
  'advice.fewer': 'Fewer',
  'advice.take_back': 'Take back',
  'advice.take_back_label': 'Take back: {step}',
  'advice.state_done': 'done',
  'advice.state_snoozed': 'later, {at}',
  'advice.state_dismissed': 'not needed',
  'advice.gain': '+{pp} points',
  'advice.gain_label': 'Leads like this won more often by {pp} percentage points; {low} to {high} with 80%',
  'advice.no_model': 'No learned model is in force, so what a step would gain is not known.',
  'advice.fact': '{label}: {value}',
  'advice.fact_why': 'leads like this won more often; now {now}',
  'advice.unknown': 'unknown',
  'advice.yes': 'yes',
  'advice.no': 'no',

  'step.first_contact': 'Make first contact',
  'step.late_answer': 'Answer now',
  'step.overdue_task': 'Finish the task',
  'step.discovery_call': 'Call to find out what they need',
  'step.ask_budget': 'Ask for the budget',
  'step.ask_decider': 'Ask who signs',
  'step.ask_phone': 'Ask for a phone number',
  'step.ask_email': 'Ask for an e-mail address',
  'step.demo': 'Show a demo',
  'step.call_interested': 'Call, the interest is high',
  'step.send_package': 'Send the package',
  'step.stakeholders': 'Meet all who decide',
  'step.call_proposal': 'Call about the proposal',
  'step.call_negotiation': 'Call about the negotiation',
  'step.onboarding': 'Welcome the customer',
  'step.check_30_days': 'Ask how the first 30 days went',
  'step.look_in_again': 'Look in again',

  'why.first_contact': 'nobody has been in touch',
  'why.late_answer': 'nobody has been in touch, and the time for it is over',
  'why.overdue_task': '{subject}',
  'why.discovery_call': 'no contact for {days} days',
  'why.ask_budget': 'contacted, no amount known',
  'why.ask_decider': 'contacted, no decision maker known',
  'why.ask_phone': 'no number known',
  'why.ask_email': 'no address known',
  'why.demo': 'qualified, no contact for {days} days',
  'why.call_interested': 'interest {interest} of 10, no contact for {days} days',
  'why.send_package': 'they have not seen it',
  'why.stakeholders': '{n} decide',
  'why.call_proposal': 'no contact for {days} days',
  'why.call_negotiation': 'no contact for {days} days',
  'why.onboarding': 'just won',
  'why.check_30_days': 'won',
  'why.look_in_again': 'lost for now',
} as const;

const words = translator(advice);
export const { t, count } = words;

type RuleOf<K> = K extends `step.${infer Rule}` ? Rule : never;
type Rule = RuleOf<keyof typeof advice>;

const isRule = (rule: string): rule is Rule => `step.${rule}` in advice;

/** What a step is and why, filled with what its reason says; null for a rule without words here. */
export function stepWords(rule: string, about: Record<string, string | number>): { name: string; why: string } | null {
  if (!isRule(rule)) return null;
  return { name: words.word(`step.${rule}`) ?? '', why: fill(words.word(`why.${rule}`), about) };
}
