// What moves the chances, and whether the leads that come now are still such as the model learned from.
import { t } from '../../lib/en-model';
import { driftOf } from './model';
import type { Models, Report } from './queries';

const shown = 12;
const inks = { same: 'text-ink-3', some: 'text-warn', much: 'text-bad font-semibold' };

export function Fields({ report, drift }: { report: Report; drift: Models['drift'] | null }) {
  const fields = [...(report.fields ?? [])].sort((a, b) => b.mean_effect_pp - a.mean_effect_pp).slice(0, shown);
  if (fields.length === 0) return null;
  const widest = Math.max(...fields.map((field) => field.mean_effect_pp), 0.1);
  const leads = drift?.[0]?.leads;
  return (
    <section aria-labelledby="fields-title" className="min-w-0 px-4 pt-3 pb-3">
      <table className="w-full">
        <caption className="pb-1 text-left">
          <h2 id="fields-title" className="inline max-md:text-15">{t('fields.title')}</h2>{' '}
          <span className="text-12 font-normal text-ink-3">{t('fields.sub')}</span>
        </caption>
        <thead>
          <tr className="text-11 text-ink-3">
            <th scope="col" className="text-left font-normal"><span className="sr-only">{t('fields.field')}</span></th>
            <th scope="col" className="font-normal"><span className="sr-only">{t('fields.effect')}</span></th>
            <th scope="col" className="text-right font-normal">pp</th>
            {leads !== undefined && <th scope="col" className="pl-3 text-right font-normal whitespace-nowrap" title={t('fields.drift_sub', { n: leads })}>{t('fields.drift')}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, label, mean_effect_pp: effect }) => {
            const moved = drift?.find(({ field }) => field === name);
            const how = moved && driftOf(moved.psi);
            return (
              <tr key={name}>
                <th scope="row" className="h-[26px] max-w-[150px] truncate text-left font-normal text-ink-2">{label || name}</th>
                <td className="w-[38%] px-2"><span aria-hidden="true" className="block h-2 min-w-px bg-c1" style={{ width: `${(effect / widest) * 100}%` }} /></td>
                <td className="tabular text-right font-semibold">{effect.toFixed(1)}</td>
                {leads !== undefined && (
                  <td className={`tabular pl-3 text-right text-12 whitespace-nowrap ${how ? inks[how] : ''}`}>
                    {how ? <><span className="max-xl:sr-only">{t(`fields.${how}`)} </span>{moved.psi.toFixed(2)}</> : '–'}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {drift && <p className="mt-2 text-12 text-ink-3">{leads === undefined ? t('fields.no_drift') : t('fields.drift_sub', { n: leads })}</p>}
    </section>
  );
}
