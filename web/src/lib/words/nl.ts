// Dutch. docs/words.md says how a term is said.
import { conditions } from './nl/conditions';
import { deals } from './nl/deals';
import { desk } from './nl/desk';
import { double } from './nl/double';
import { words as form } from './nl/form';
import { frame } from './nl/frame';
import { further } from './nl/further';
import { leads } from './nl/leads';
import { learned } from './nl/learned';
import { lists } from './nl/lists';
import { routing } from './nl/routing';
import { widgets } from './nl/widgets';

export const words = {
  ...form, ...conditions, ...frame, ...widgets, ...lists, ...leads, ...deals, ...routing, ...double, ...learned, ...further, ...desk,
} as const;
