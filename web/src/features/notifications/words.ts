// A notice as a sentence with the name of what it is about, and where it leads.
import type { NoticeRow } from '../../api/rows';
import { stageName } from '../../lib/en';
import { noticeSentence, otherNotice, t } from '../../lib/en-frame';
import { fill } from '../../lib/messages';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export interface Sentence {
  before: string;
  name: string;
  after: string;
}

export function sentenceOf({ type, params, count }: NoticeRow): Sentence {
  const name = text(params['business_name']) || text(params['title']) || t('notice.nobody');
  // Stands where the name goes, which is drawn bold.
  const sentence = fill(noticeSentence(type) ?? otherNotice(), {
    name: '\u0000', type: type.replaceAll('_', ' '), who: text(params['who']),
    stage: stageName(params['outcome'] ?? params['to']).toLowerCase(),
  });
  const said = count > 1 ? t('notices.times', { text: sentence, n: count }) : sentence;
  const [before = '', after = ''] = said.split('\u0000');
  return { before, name, after };
}

/** The lead or deal it is about; null where there is no page. */
export function leadOf({ entity_type: kind, entity_id: id, params }: NoticeRow): string | null {
  if (kind === 'submission') return id;
  return kind === 'deal' ? text(params['submission_id']) || null : null;
}
