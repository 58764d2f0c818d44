// The languages, each by its own name.
import { t } from '../lib/en';
import { chooseLanguage, language, spokenLanguages, spokenNames } from '../lib/language';

export function LanguageChoice({ className = '' }: { className?: string }) {
  return (
    <select
      aria-label={t('look.language')} value={language()}
      onChange={(event) => chooseLanguage(spokenNames.find((one) => one === event.target.value) ?? 'en')}
      className={`rounded-m border border-control bg-surface px-2 text-ink ${className}`}
    >
      {spokenNames.map((one) => <option key={one} value={one} lang={one}>{spokenLanguages[one]}</option>)}
    </select>
  );
}
