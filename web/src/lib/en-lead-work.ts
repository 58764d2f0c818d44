// Working on many leads, saved views and columns, in English: what opens on demand beside the list.
import { leads } from './en-leads';
import { translator } from './messages';

const work = {
  ...leads,

  'bulk.bar': 'Change many leads',
  'bulk.selected_one': '{n} selected',
  'bulk.selected_other': '{n} selected',
  'bulk.all': 'Select all {n} in this view',
  'bulk.every_one': 'The one in this view selected',
  'bulk.every_other': 'All {n} in this view selected',
  'bulk.assign': 'Assign',
  'bulk.status': 'Status',
  'bulk.tag': 'Tag',
  'bulk.merge': 'Merge',
  'bulk.archive': 'Archive',
  'bulk.clear': 'Clear the selection',
  'bulk.to': 'Assign to',
  'bulk.queue': 'Queue, no owner',
  'bulk.why': 'Why?',
  'bulk.new_status': 'New status',
  'bulk.reason': 'Reason',
  'bulk.day': 'Contact again on',
  'bulk.tag_name': 'Tag',
  'bulk.tag_add': 'Add',
  'bulk.tag_remove': 'Take off',
  'bulk.do_assign_one': 'Assign {n} lead',
  'bulk.do_assign_other': 'Assign {n} leads',
  'bulk.do_status_one': 'Move {n} lead',
  'bulk.do_status_other': 'Move {n} leads',
  'bulk.do_tag_one': 'Tag {n} lead',
  'bulk.do_tag_other': 'Tag {n} leads',
  'bulk.do_untag_one': 'Take the tag off {n} lead',
  'bulk.do_untag_other': 'Take the tag off {n} leads',
  'bulk.do_archive_one': 'Archive {n} lead',
  'bulk.do_archive_other': 'Archive {n} leads',
  'bulk.counting': 'Counting',
  'bulk.running': '{done} of {all}',
  'bulk.stop': 'Stop',
  'bulk.done_one': '{n} lead changed',
  'bulk.done_other': '{n} leads changed',
  'bulk.refused_one': '{n} refused: {reason}',
  'bulk.refused_other': '{n} refused: {reason}',
  'bulk.stopped': 'stopped',
  'bulk.failed': 'It stopped after {done} of {all}: {reason}',
  'bulk.undo': 'Undo',
  'bulk.undone_one': '{n} lead is as it was',
  'bulk.undone_other': '{n} leads are as they were',
  'bulk.undo_failed': 'It could not be undone: {reason}',
  'bulk.reason_not_owner': 'not yours to change',
  'bulk.reason_not_allowed': 'only a manager assigns',
  'bulk.reason_not_found': 'no longer there',
  'bulk.reason_illegal_transition': 'this step is not allowed',
  'bulk.reason_deal_governs_status': 'an open deal decides the status',
  'bulk.reason_version_conflict': 'somebody changed it since',
  'bulk.reason_invalid_owner': 'the new owner does not work there',
  'bulk.reason_activity_required': 'a contact must be noted first',
  'bulk.reason_reason_required': 'a reason is needed',
  'bulk.reason_next_contact_required': 'a day is needed',
  'bulk.reason_nothing_to_undo': 'too late to take back',

  'columns.title': 'Columns',
  'columns.up': 'Move {column} up',
  'columns.down': 'Move {column} down',
  'columns.reset': 'As at first',

  'view.name': 'Name of the view',
  'view.share': 'Who sees it',
  'view.only_me': 'Only me',
  'view.team': 'Everybody in {place}',
  'view.pin': 'Pin to the sidebar',
  'view.unpin': 'Take off the sidebar',
  'view.default': 'Open leads with this view',
  'view.not_default': 'Do not open leads with it',
  'view.delete': 'Delete the view',
  'view.deleted': 'The view {name} is deleted',
  'view.saved': 'The view {name} is saved',
  'view.save_button': 'Save the view',
  'view.failed': 'The view could not be saved: {reason}',
  'view.offline': 'no connection',

  'preview.open': 'Open the page',
  'preview.close': 'Close the preview',
} as const;

export const { t, count } = translator(work);

/** Why the server refused a lead, in words if there are some. */
export const bulkReason = (code: string): string => {
  const key = `bulk.reason_${code}`;
  return key in work ? work[key as keyof typeof work] : code.replaceAll('_', ' ');
};
