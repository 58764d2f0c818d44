// What a learned model says of a lead, in English, over the words every screen has.
import { en } from './en';
import { translator } from './messages';

const insight = {
  ...en,

  'chance.title': 'Chance to win',
  'chance.learned': 'learned, {stage}',
  'chance.stage_lr': 'regression',
  'chance.stage_stack': 'stack',
  'chance.none': 'not known',
  'chance.failed': 'The chance could not be computed',
  'chance.between': '{low} – {high}% with 80%, {word} confidence',
  'chance.word_high': 'high',
  'chance.word_medium': 'medium',
  'chance.word_low': 'low',
  'chance.average': 'average {value}%',
  'chance.badge_likely': 'likely',
  'chance.badge_unlikely': 'unlikely',
  'chance.badge_undecided': 'undecided',
  'chance.factors': 'Why this chance, in percentage points',
  'chance.start': 'Average lead',
  'chance.others_one': '{n} other fact',
  'chance.others_other': '{n} other facts',
  'chance.sum': 'This lead',
  'chance.unknown': 'unknown',
  'chance.yes': 'yes',
  'chance.no': 'no',

  'outlook.title': 'Outlook',
  'outlook.within': 'Won in {days} days',
  'outlook.median': 'Half are won by',
  'outlook.days': '{n} days',
  'outlook.value': 'Expected value',
  'outlook.unknown': 'unknown: {reason}',

  'similar.title': 'Similar leads',
  'similar.found': '{won} of {n} were won, {low} – {high}% with 80%',
  'similar.won': 'won',
  'similar.lost': 'lost',
  'similar.here': 'same territory',
  'similar.unseen': 'None of the nearest are in your territories.',

  'what_if.title': 'What if',
  'what_if.reset': 'Reset',
  'what_if.would': 'Chance would be',
  'what_if.note': 'Nothing is saved. Leads like this, not a promise.',
  'what_if.failed': 'The server did not answer: {reason}',
  'what_if.value': '{name}, now {value}',
} as const;

export const { t, count } = translator(insight);
