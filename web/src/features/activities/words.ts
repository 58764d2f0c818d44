// An activity as a sentence: who did what to which lead.
import { stageName } from '../../lib/en';
import { t } from '../../lib/en-dash';
import type { FeedRow } from './queries';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The status of a lead, or the stage of its deal. */
function statusWords({ data }: FeedRow, name: string, lead: string): string {
  const status = stageName(data['to']);
  if (data['deal'] === undefined) return t('feed.status', { name, lead, status });
  if (data['outcome'] === 'won' || data['outcome'] === 'lost') return t(`feed.deal_${data['outcome']}`, { name, lead });
  return data['from'] === undefined ? t('feed.deal_opened', { name, lead }) : t('feed.deal', { name, lead, status });
}

function sentenceOf(row: FeedRow, nameOf: (id: string | null) => string): string {
  const who = nameOf(row.actor_id);
  // Stands where the name goes, which is drawn as a link.
  const lead = '\u0000';
  const score = row.submissions?.lead_score ?? null;
  switch (row.kind) {
    case 'intake': return t('feed.intake', { lead }) + (score === null ? '' : t('feed.score', { score }));
    case 'call': return t('feed.call', { name: who, lead });
    case 'email': return t('feed.email', { name: who, lead });
    case 'meeting': return t('feed.meeting', { name: who, lead });
    case 'visit': return t('feed.visit', { name: who, lead });
    case 'message': return t('feed.message', { name: who, lead });
    case 'note': return t('feed.note', { name: who, lead });
    case 'task': return t('feed.task', { name: who, lead });
    case 'assignment': {
      const to = row.data['to'];
      if (typeof to === 'string') return t('feed.assignment', { lead, name: nameOf(to) });
      // Only one that says so went to nobody; one that names nobody at all is told in its own words.
      return to === null ? t('feed.queued', { lead }) : t('feed.system', { lead, subject: text(row.subject) });
    }
    case 'status_change':
      return statusWords(row, who, lead);
    default: return t('feed.system', { lead, subject: text(row.subject) });
  }
}

/** The sentence in two halves, before and after the lead's name. */
export function halves(row: FeedRow, nameOf: (id: string | null) => string): [string, string] {
  const [before = '', after = ''] = sentenceOf(row, nameOf).split('\u0000');
  return [before, after];
}
