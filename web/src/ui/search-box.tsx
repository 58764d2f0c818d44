// A box to find by name, told after a pause in typing; `/` jumps here.
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { useKeys } from './use-keys';

export function SearchBox({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  if (given !== value) {
    setGiven(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  useKeys({ '/': () => box.current?.focus() });
  return (
    <label className="flex h-7 w-[180px] flex-none items-center gap-2 rounded-m border border-line bg-sunken px-2 text-ink-3 focus-within:border-focus max-md:h-9 max-md:w-auto max-md:flex-1">
      <Search aria-hidden="true" className="size-3.5 flex-none stroke-[1.5]" />
      <input
        ref={box} type="search" value={typed} aria-label={label} placeholder={label} maxLength={80}
        className="w-full min-w-0 bg-transparent text-ink outline-none placeholder:text-ink-3"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && box.current?.blur()}
      />
    </label>
  );
}
