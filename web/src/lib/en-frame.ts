// What the frame opens, in English: the command palette, the notices, the list of keys.
import { en } from './en';
import { translator } from './messages';

export const frame = {
  ...en,

  'territory.foot': 'Includes everything below. Faces are online now.',
  'territory.none': 'No territory has this name.',
  'look.theme': 'Theme',
  'look.system': 'System',
  'look.light': 'Light',
  'look.dark': 'Dark',

  'keys.move': 'Next and previous row',
  'keys.open': 'Open the lead',
  'keys.search': 'Find a business',
  'keys.help': 'This list',
  'keys.note': 'Write a note',
  'keys.close': 'Close',
  'keys.palette': 'Search or run a command',
  'keys.move_deal': 'Move the deal',
  'keys.steps': 'Move the deal a stage on or back',
  'keys.group_anywhere': 'Anywhere',
  'keys.group_lists': 'In a list and on a lead',
  'keys.group_board': 'On the board',

  'palette.title': 'Search and commands',
  'palette.input': 'Search leads, deals, people or type a command',
  'palette.records': 'Leads and deals',
  'palette.people': 'People',
  'palette.territories': 'Territories',
  'palette.commands': 'Commands',
  'palette.recent': 'Recent',
  'palette.none': 'Nothing is called “{text}”.',
  'palette.none_more': 'A part of the name, the number or the reference is enough.',
  'palette.failed': 'The search did not answer: {reason}',
  'palette.close_matches': 'Close matches count: Curaçao finds curacao',
  'palette.choose': 'choose',
  'palette.open': 'open',
  'palette.deal': 'deal',
  'palette.leads_of': 'Leads of {name}',
  'palette.go': 'Go to {place}',
  'palette.theme': 'Theme: {look}',
  'palette.density': 'Row height: {look}',
  'palette.found_one': '{n} result',
  'palette.found_other': '{n} results',

  'notices.title': 'Notifications',
  'notices.unread_one': '{n} unread',
  'notices.unread_other': '{n} unread',
  'notices.all_read': 'all read',
  'notices.mark_all': 'Mark all read',
  'notices.mark': 'Mark read',
  'notices.is_unread': 'unread',
  'notices.empty': 'Nothing has happened yet that concerns you.',
  'notices.load_failed': 'Could not load the notifications',
  'notices.mark_failed': 'They could not be marked read: {reason}',
  'notices.times': '{text}, {n} times',
  'notices.offline': 'no connection',

  'notice.lead_assigned': '{name} was assigned to you',
  'notice.lead_unassigned': '{name} waits in the queue: nobody could take it',
  'notice.lead_transferred': '{name} was moved to your territory',
  'notice.hot_lead': '{name} is now hot',
  'notice.score_changed': 'The score of {name} changed',
  'notice.contacted_again': '{name} contacted us again',
  'notice.deal_stage_changed': 'The deal of {name} moved to {stage}',
  'notice.deal_won': 'The deal of {name} is won',
  'notice.mentioned': '{who} mentioned you on {name}',
  'notice.task_due': 'Due today: {name}',
  'notice.first_contact_soon': '{name} waits for its first contact, which is due soon',
  'notice.first_contact_late': '{name} passed its first-contact time',
  'notice.lead_returned': '{name} went back to the queue: nobody contacted it in twice the time',
  'notice.nurture_over': '{name} is to be contacted again from today',
  'notice.other': '{name}: {type}',
  'notice.nobody': 'A record',
} as const;

const words = translator(frame);
export const { t, count } = words;

export const otherNotice = (): string => words.word('notice.other') ?? '';

/** The sentence of a kind of notice, with its places; null for a kind that has none. */
export const noticeSentence = (type: string): string | null => {
  return words.word(`notice.${type}`) ?? null;
};
