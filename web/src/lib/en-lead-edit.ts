// Writing on a lead, in English: notes, contacts, tasks, facts and what happens when two write at once.
import { leads } from './en-leads';
import { translator } from './messages';

const edit = {
  ...leads,

  'note.add': 'Add note',
  'note.failed': 'The note was not saved: {reason}',

  'write.kind': 'What is it',
  'write.note': 'Note',
  'write.call': 'Call',
  'write.meeting': 'Meeting',
  'write.visit': 'Visit',
  'write.email': 'E-mail',
  'write.when': 'When',
  'write.subject': 'Subject',
  'write.log': 'Log it',
  'write.people': 'People to mention',

  'tasks.what': 'What is to be done',
  'tasks.when': 'When',
  'tasks.save': 'Plan it',
  'tasks.failed': 'The task was not saved: {reason}',
  'tasks.ticked': '{name} is done',
  'tasks.undo': 'Undo',

  'edit.save': 'Save',
  'edit.hint': 'Enter saves, Esc cancels',
  'edit.saved': '{fact} is saved',
  'edit.failed': '{fact} stays as it was: {reason}',
  'edit.not_owner': 'only its owner or a manager changes this lead',
  'edit.offline': 'no connection',
  'edit.nothing': 'Unknown',

  'conflict.title': '{name} changed this while you typed',
  'conflict.somebody': 'Somebody',
  'conflict.was': 'Was',
  'conflict.mine': 'You',
  'conflict.keep_theirs': 'Keep that of {name}',
  'conflict.keep_mine': 'Keep mine',
  'conflict.later': 'Decide later',
} as const;

export const { t } = translator(edit);
