// The languages, each by its own name.
import { t } from '../lib/en';
import { language, type Spoken, spokenLanguages, storedLanguage } from '../lib/language';

const names: Readonly<Record<Spoken, string>> = { en: 'English', nl: 'Nederlands' };

/** Keeps the choice on this device and draws the page anew: addresses and drafts hold what was being done. */
function choose(wanted: string): void {
  localStorage.setItem(storedLanguage, wanted);
  location.reload();
}

export function LanguageChoice({ className = '' }: { className?: string }) {
  return (
    <select
      aria-label={t('look.language')} value={language()}
      onChange={(event) => choose(event.target.value)}
      className={`rounded-m border border-control bg-surface px-2 text-ink ${className}`}
    >
      {spokenLanguages.map((one) => <option key={one} value={one} lang={one}>{names[one]}</option>)}
    </select>
  );
}
