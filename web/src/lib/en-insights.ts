// How territories and people did, in English, over the words every screen has.
import { en } from './en';
import { translator } from './messages';

const insights = {
  ...en,

  'insights.territories': 'Conversion by territory',
  'insights.reps': 'Conversion by person',
  'insights.sub': 'won of the leads closed in 12 months; the bar is where the share lies with 80%',
  'insights.share': '{share}% of {closed}',
  'insights.unknown': 'unknown: {reason}',
  'insights.none': 'No lead was closed and none answered in twelve months.',
  'insights.failed': 'The insights could not be read',
  'insights.place': 'Territory',
  'insights.person': 'Person',
  'insights.closed': 'Closed',
  'insights.won': 'Won',
  'insights.conversion': 'Conversion',
  'insights.between': '80% interval',
  'insights.days': 'Days to win',
  'insights.answer': 'First answer',
  'insights.value': 'Won, US$',
} as const;

export const { t } = translator(insights);
