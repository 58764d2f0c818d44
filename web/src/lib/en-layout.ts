// Arranging the dashboard, in English.
import { translator } from './messages';

export const { t } = translator({
  'layout.editing': 'Editing your layout',
  'layout.how': 'Drag a widget by its grip, or use the arrow keys on it',
  'layout.add': 'Add widget',
  'layout.reset': 'As at first',
  'layout.cancel': 'Cancel',
  'layout.done': 'Done',
  'layout.saved': 'Your layout is saved',
  'layout.failed': 'Your layout was not saved: {reason}',
  'layout.offline': 'no connection',
  'layout.grip': 'Move {name}',
  'layout.grip_more': 'Drag, or left and right to move, up and down to size',
  'layout.width': 'Width of {name}',
  'layout.of_twelve': '{n} of 12',
  'layout.remove': 'Remove {name}',
  'layout.name_per_day': 'Leads per day',
  'layout.name_funnel': 'Where the leads stand',
  'layout.name_feed': 'Activity',
  'layout.name_hot': 'Hot leads',
  'layout.name_places': 'Open leads by place',
} as const);
