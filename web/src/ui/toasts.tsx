// Short messages that leave by themselves: polite, at most three, paused under the pointer.
import { useEffect, useState } from 'react';
import { create } from 'zustand';

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action?: { label: string; run: () => void };
  ms: number;
}

const useToasts = create<{ list: Toast[] }>(() => ({ list: [] }));
let lastId = 0;

const dismiss = (id: number) =>
  useToasts.setState(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }));

export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): () => void {
  lastId += 1;
  const id = lastId;
  const made: Toast = { id, text, tone: 'plain', ms: 8000, ...more };
  useToasts.setState(({ list }) => ({ list: [...list, made].slice(-3) }));
  return () => dismiss(id);
}

function ToastLine({ item }: { item: Toast }) {
  const [left, setLeft] = useState(item.ms);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setInterval(() => setLeft((ms) => ms - 1000), 1000);
    return () => clearInterval(timer);
  }, [held]);
  useEffect(() => {
    if (left <= 0) dismiss(item.id);
  }, [left, item.id]);
  return (
    <li
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="animate-rise flex min-h-[38px] items-center gap-3.5 rounded-l bg-inv py-2 pr-3 pl-3.5 text-on-inv shadow-e3"
    >
      <span className={item.tone === 'bad' ? 'border-l-2 border-bad-line pl-2.5' : ''}>{item.text}</span>
      {item.action && (
        <button
          type="button"
          className="font-semibold underline decoration-1 underline-offset-[3px]"
          onClick={() => {
            item.action?.run();
            dismiss(item.id);
          }}
        >
          {item.action.label}
        </button>
      )}
      <span aria-hidden="true" className="tabular border-l border-inv-line pl-3 text-12 text-on-inv-2">
        {Math.max(1, Math.ceil(left / 1000))} s
      </span>
    </li>
  );
}

export function Toasts() {
  const list = useToasts((state) => state.list);
  return (
    <ol
      aria-live="polite"
      className="fixed right-3.5 bottom-[88px] left-3.5 z-40 ml-auto grid w-fit max-w-[420px] justify-items-end gap-2 md:bottom-11"
    >
      {list.map((item) => <ToastLine key={item.id} item={item} />)}
    </ol>
  );
}
