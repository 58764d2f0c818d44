// Dutch. docs/words.md says how a term is said.
import { deals } from './nl/deals';
import { words as form } from './nl/form';
import { frame } from './nl/frame';
import { further } from './nl/further';
import { leads } from './nl/leads';
import { learned } from './nl/learned';

export const words = { ...form, ...further, ...frame, ...leads, ...deals, ...learned } as const;
