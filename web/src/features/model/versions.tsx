// Every training with its verdict; one that has served can be put back, and that can be undone.
import { useState } from 'react';

import { t } from '../../lib/en-model';
import { exact, stamp } from '../../lib/time';
import { locale } from '../../lib/language';
import { Button } from '../../ui/button';
import { useNow } from '../../ui/use-now';
import { nameOf, serving } from './model';
import type { Models, Version } from './queries';

interface VersionsProps {
  models: Models;
  picked: Version | null;
  onPick: (id: string) => void;
  onPutBack: (version: Version) => void;
}

const head = 'h-[30px] bg-sunken px-2 text-right text-12 font-medium text-ink-2 first:pl-4';
const cell = 'tabular h-9 border-t border-line px-2 text-right whitespace-nowrap first:pl-4';
const figure = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(3));

function PutBack({ version, onPutBack }: { version: Version; onPutBack: (version: Version) => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <Button onClick={() => setAsking(true)}>{t('versions.back')}</Button>;
  return (
    <span role="group" aria-label={t('versions.ask', { name: nameOf(version) })} className="inline-flex flex-wrap items-center justify-end gap-2">
      <span className="text-12 text-ink-2">{t('versions.ask', { name: nameOf(version) })}</span>
      <Button
        look="primary" autoFocus
        onClick={() => {
          setAsking(false);
          onPutBack(version);
        }}
      >
        {t('versions.yes')}
      </Button>
      <Button look="quiet" onClick={() => setAsking(false)}>{t('versions.no')}</Button>
    </span>
  );
}

export function Versions({ models, picked, onPick, onPutBack }: VersionsProps) {
  const now = useNow();
  const inForce = serving(models);
  return (
    <section aria-labelledby="versions-title" className="min-w-0 border-t border-line pt-3">
      <div className="flex items-baseline gap-2 px-4 pb-2">
        <h2 id="versions-title" className="max-md:text-15">{t('versions.title')}</h2>
        <p className="text-12 text-ink-3">{t('versions.sub')}</p>
      </div>
      {models.models.length === 0 ? <p className="px-4 pb-4 text-ink-2">{t('versions.none')}</p> : (
        <div className="overflow-x-auto" tabIndex={0}>
          <table className="w-full min-w-[760px]">
            <thead>
              <tr>
                <th scope="col" className={`${head} text-left!`}>{t('versions.version')}</th>
                <th scope="col" className={`${head} text-left!`}>{t('versions.trained')}</th>
                <th scope="col" className={head}>{t('versions.leads')}</th>
                <th scope="col" className={head}>{t('versions.auc')}</th>
                <th scope="col" className={head}>{t('versions.rules')}</th>
                <th scope="col" className={head}>{t('versions.loss')}</th>
                <th scope="col" className={`${head} text-left!`}>{t('versions.verdict')}</th>
                <th scope="col" className={`${head} text-left!`}>{t('versions.why')}</th>
                <th scope="col" className={head}><span className="sr-only">{t('versions.back')}</span></th>
              </tr>
            </thead>
            <tbody>
              {models.models.map((version) => (
                <tr key={version.id} data-version={version.id} data-status={version.status} className={version.id === picked?.id ? 'bg-select' : ''}>
                  <th scope="row" className={`${cell} text-left! font-medium`}>
                    <button
                      type="button" className="min-h-6 text-sea" aria-pressed={version.id === picked?.id}
                      aria-label={t('versions.show', { name: nameOf(version) })} onClick={() => onPick(version.id)}
                    >
                      {nameOf(version)}
                    </button>
                  </th>
                  <td className={`${cell} text-left!`}>
                    <time dateTime={version.created_at} title={exact(new Date(version.created_at))}>{stamp(new Date(version.created_at), now)}</time>
                  </td>
                  <td className={cell}>{version.leads.toLocaleString(locale())}</td>
                  <td className={`${cell} font-semibold`}>{figure(version.report.auc)}</td>
                  <td className={cell}>{figure(version.report.rule_auc)}</td>
                  <td className={cell}>{figure(version.report.log_loss)}</td>
                  <td className={`${cell} text-left! ${version.id === inForce?.id ? 'font-semibold text-good' : ''}`}>{t(`versions.${version.status}`)}</td>
                  <td className={`${cell} max-w-[340px] truncate text-left! text-ink-3`} title={version.reason}>{version.reason}</td>
                  <td className={`${cell} pr-4`}>{version.status === 'retired' && <PutBack version={version} onPutBack={onPutBack} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
