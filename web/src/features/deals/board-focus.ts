// Which card the keyboard is on: it stays the same card when it moves to another column.
import { create } from 'zustand';

export const useBoardFocus = create<{ id: string | null; wanted: boolean }>(() => ({ id: null, wanted: false }));

/** Brings a card into sight and puts the focus on it, wherever it is drawn. */
export const focusCard = (id: string): void => useBoardFocus.setState({ id, wanted: true });
