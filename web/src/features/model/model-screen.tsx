// The model behind the learned scores: which, how good, what it refused; training and putting back.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { peopleQuery, personById } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { stepWords, t } from '../../lib/en-model';
import { dayOf } from '../../lib/time';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { Failed } from '../../ui/failed';
import { useNow } from '../../ui/use-now';
import { Calibration } from './calibration';
import { Fields } from './fields';
import { Insights } from './insights';
import { Lift } from './lift';
import { nameOf, picked as pickedOf, serving } from './model';
import { Progress } from './progress';
import { isLive, type Job, type Models, modelsQuery, useModelWork } from './queries';
import { Verdict } from './verdict';
import { Versions } from './versions';

function Under({ run, rescore, onCancel }: Pick<Models, 'run' | 'rescore'> & { onCancel: (job: string) => void }) {
  const words = (job: Job): string => {
    if (job.cancel_requested) return t('run.stopping');
    if (job.state === 'queued') return job.error === null ? t('run.waiting') : t('run.again', { reason: job.error });
    return stepWords(job.step);
  };
  return (
    <div role="status">
      {run && isLive(run) && (
        <Progress title={t('run.training')} percent={run.progress} words={words(run)}>
          <Button disabled={run.cancel_requested} onClick={() => onCancel(run.id)}>{t('model.cancel')}</Button>
        </Progress>
      )}
      {rescore && isLive(rescore) && (
        <Progress
          title={t('run.rescoring')} percent={rescore.progress}
          words={rescore.state === 'queued' || rescore.step === '' ? t('run.waiting') : t('run.leads', { words: rescore.step })}
        />
      )}
      {run?.state === 'dead' && <p className="border-b border-line bg-bad-tint px-4 py-2 text-bad">{t('run.dead', { reason: run.error ?? '' })}</p>}
      {run?.state === 'cancelled' && <p className="border-b border-line px-4 py-2 text-ink-2">{t('run.cancelled')}</p>}
    </div>
  );
}

interface ModelScreenProps {
  version: string | undefined;
  onVersion: (id: string) => void;
}

export function ModelScreen({ version, onVersion }: ModelScreenProps) {
  const { data: models, error, refetch } = useQuery(modelsQuery);
  const people = useQuery(peopleQuery).data;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const { train, cancel, promote } = useModelWork();
  const now = useNow();
  const picked = models ? pickedOf(models, version) : null;
  const inForce = models ? serving(models) : null;
  const running = isLive(models?.run);
  return (
    <>
      <div className="flex min-h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:min-h-[54px]">
        <h1 className="text-15 whitespace-nowrap">{t('model.title')}</h1>
        {picked?.report.judged_on !== undefined && (
          <p className="truncate text-ink-3 max-md:sr-only">
            {t('model.trained_on', { at: dayOf(new Date(picked.created_at), now), leads: picked.leads, judged: picked.report.judged_on })}
          </p>
        )}
        <span className="flex-1" />
        {models && (
          <Button look="primary" disabled={running || train.isPending} onClick={() => train.mutate()}>
            {t(models.models.length > 0 ? 'model.train_again' : 'model.train')}
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        {error && (
          <Failed
            title={t('model.load_failed')} requestLabel={t('app.request')} requestId={error instanceof ApiError ? error.requestId : null}
            actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
          >
            {error.message}
          </Failed>
        )}
        {!models && !error && (
          <Delayed>
            <div aria-hidden="true" className="grid gap-4 p-5">
              {[220, 380, 280, 180].map((width) => <span key={width} className="skeleton" style={{ width }} />)}
            </div>
          </Delayed>
        )}
        {models && (
          <>
            <Under run={models.run} rescore={models.rescore} onCancel={(job) => cancel.mutate(job)} />
            <Verdict models={models} version={picked} people={byId} />
            {picked?.report.auc !== undefined && (
              <div className="grid lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_380px] *:border-line max-lg:*:border-b lg:*:border-l lg:*:first:border-l-0">
                <Calibration report={picked.report} />
                <Lift report={picked.report} />
                <Fields report={picked.report} drift={picked.id === inForce?.id ? models.drift : null} />
              </div>
            )}
            <Insights people={byId} />
            <Versions
              models={models} picked={picked} onPick={onVersion}
              onPutBack={(one) => promote.mutate({ id: one.id, name: nameOf(one), before: inForce && { id: inForce.id, name: nameOf(inForce) } })}
            />
          </>
        )}
      </div>
    </>
  );
}
