// The workspace in English: labels are nouns, buttons are verbs, errors say what to do. Every screen loads this.
import { type Status, statuses } from './domain';
import { translator } from './messages';

export const en = {
  'app.skip': 'Skip to content',
  'app.request': 'Request',
  'app.retry': 'Try again',
  'app.offline': 'Offline since {time}.',
  'app.offline_more': 'What you see is from then. Changes are refused until the connection is back.',
  'app.reconnecting': 'Reconnecting',
  'app.live': 'Live',
  'app.latency': '{ms} ms',
  'app.link_title': 'Changes arrive over an open connection',
  'app.nobody': 'Queue, no owner',
  'app.you': 'You',
  'app.system': 'Flash',
  'app.somebody': 'A colleague',

  'nav.main': 'Main',
  'nav.dashboard': 'Dashboard',
  'nav.today': 'Today',
  'nav.leads': 'Leads',
  'nav.pipeline': 'Pipeline',
  'nav.organizations': 'Organisations',
  'nav.model': 'Scoring model',
  'nav.territory': 'Territory',
  'nav.more': 'More',
  'nav.routing': 'Routing',
  'nav.search': 'Search or run a command',
  'nav.new_lead': 'New lead',
  'nav.notices': 'Notifications',
  'nav.notices_one': 'Notifications, {n} unread',
  'nav.notices_other': 'Notifications, {n} unread',
  'nav.all_notices': 'All notifications',
  'nav.recent': 'Recent',
  'nav.pinned': 'Pinned views',
  'nav.collapse': 'Collapse sidebar',
  'nav.expand': 'Expand sidebar',

  'auth.sign_out': 'Sign out',
  'auth.account': 'Account of {name}',

  'look.language': 'Language',

  'look.density': 'Row height',
  'look.compact': 'Compact',
  'look.normal': 'Normal',
  'look.roomy': 'Roomy',
  'territory.mine': 'All my territories',

  'role.rep': 'Rep',
  'role.manager': 'Manager',
  'role.admin': 'Admin',
  'role.viewer': 'Viewer',

  'territory.all': 'All territories',
  'territory.find': 'Find a territory',
  'territory.choose': 'Territory: {name}',

  'presence.online': 'Online now',
  'presence.count': '{n} online',
  'presence.only_you': 'Only you',
  'presence.one_here': '{name} is here',
  'presence.two_here': '{a} and {b} are here',
  'presence.many_here': '{name} and {n} others are here',
  'presence.idle': 'idle',

  'status.new': 'New',
  'status.contacted': 'Contacted',
  'status.qualified': 'Qualified',
  'status.nurture': 'Nurture',
  'status.converted': 'Won',
  'status.disqualified': 'Disqualified',
  'status.archived': 'Archived',

  'leads.title': 'Leads',
  'leads.status': 'Status',
  'leads.show': 'Show',
  'leads.late': '{span} over',

  'band.hot': 'hot',
  'band.warm': 'warm',
  'band.cool': 'cool',
  'band.cold': 'cold',

  'empty.missing': 'This page is not on your chart',
  'empty.missing_more': 'It may have moved, or your territories do not include it.',
  'empty.back': 'Back to leads',

  'error.title': 'This screen could not be drawn',

  'time.now': 'now',
  'time.yesterday': 'Yesterday',
  'time.min': '{n} min',
  'time.d': 'd',
  'time.h': 'h',
  'time.m': 'm',

  'keys.title': 'Keys',
} as const;

export const { t, count } = translator(en);

export const statusName = (status: Status): string => t(`status.${status}`);

/** A status of a lead or a stage of a deal, as an activity carries it. */
export function stageName(value: unknown): string {
  const known = statuses.find((status) => status === value);
  if (known) return statusName(known);
  return typeof value === 'string' ? value.charAt(0).toUpperCase() + value.slice(1) : '';
}
