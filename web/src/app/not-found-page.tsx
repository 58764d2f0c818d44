// The same page for what is not there and for what one may not see, so that no name leaks.
import { Link } from '@tanstack/react-router';

import { t } from '../lib/en';
import { buttonClass } from '../ui/button';
import { unsurveyed } from '../ui/drawings';
import { Empty } from '../ui/empty';

export function NotFoundPage() {
  return (
    <main className="flex min-h-full flex-col bg-surface">
      <Empty
        drawing={unsurveyed} heading="h1" title={t('empty.missing')}
        actions={<Link to="/leads" className={buttonClass()}>{t('empty.back')}</Link>}
      >
        {t('empty.missing_more')}
      </Empty>
    </main>
  );
}
