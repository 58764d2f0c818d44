// Moving a lead, in English: what opens from its menu.
import { leads } from './en-leads';
import { translator } from './messages';

export const { t } = translator({
  ...leads,

  'move.deal_governs': 'its open deal decides the status',
  'move.how': 'How did you make contact?',
  'move.what': 'What was said',
  'move.reason': 'Reason',
  'move.other': 'Which other reason?',
  'move.qualify_reason': 'Why is it qualified?',
  'move.next': 'Next contact',
  'move.cancel': 'Cancel',
  'move.confirm': 'Move to {status}',
  'move.done': '{name} moved to {status}',
  'move.undo': 'Undo',
  'move.undone': '{name} is {status} again',
  'move.undo_failed': 'It could not be undone: {reason}',
  'move.refused': '{name} stays {status}: {reason}',
  'move.conflict': 'somebody changed it a moment ago',
  'move.offline': 'the connection is down',
  'move.illegal': 'this step is not allowed',
  'how.call': 'Call',
  'how.email': 'E-mail',
  'how.meeting': 'Meeting',
  'how.visit': 'Visit',
  'how.message': 'Message',
} as const);
