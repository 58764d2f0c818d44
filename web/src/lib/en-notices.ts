// The notifications centre and its settings, in English, over what the bell says.
import { frame } from './en-frame';
import { translator } from './messages';

const notices = {
  ...frame,

  'centre.show': 'Show',
  'centre.everything': 'All',
  'centre.unread': 'Unread',
  'centre.none_unread': 'Nothing is unread.',
  'centre.more': 'Older ones',
  'prefs.title': 'What you are told, and how',
  'prefs.kind': 'Kind',
  'prefs.in_app': 'Here',
  'prefs.email': 'E-mail',
  'prefs.push': 'Push',
  'prefs.cell': '{kind}: {channel}',
  'prefs.quiet': 'Quiet hours',
  'prefs.quiet_more': 'E-mail and push are held back in this time; the list here is not.',
  'prefs.from': 'From',
  'prefs.to': 'To',
  'prefs.no_quiet': 'No quiet hours',
  'prefs.save_quiet': 'Set quiet hours',
  'prefs.saved': 'Your settings are saved',
  'prefs.failed': 'Your settings were not saved: {reason}',
  'prefs.load_failed': 'Could not load your settings',

  'kind.lead_assigned': 'A lead is assigned to you',
  'kind.lead_unassigned': 'A lead waits and nobody could take it',
  'kind.lead_transferred': 'A lead is moved to your territory',
  'kind.hot_lead': 'A lead becomes hot',
  'kind.score_changed': 'A score changes by ten points or more',
  'kind.contacted_again': 'A merchant contacts us again',
  'kind.deal_stage_changed': 'Somebody moves your deal',
  'kind.deal_won': 'A deal is won in your territory',
  'kind.lead_returned': 'A lead goes back to the queue',
  'kind.nurture_over': 'A lead is to be contacted again',
  'kind.first_contact_soon': 'A first contact is due soon',
  'kind.first_contact_late': 'A first contact is late',
  'kind.mentioned': 'Somebody mentions you',
} as const;

export const { t, count } = translator(notices);
