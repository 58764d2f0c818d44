// The import direction of src/: lib, ui, api -> features -> routes -> app; no feature imports another.
import path from 'node:path';

const allowed = {
  lib: ['lib'],
  ui: ['lib', 'ui'],
  api: ['lib', 'api'],
  features: ['lib', 'ui', 'api', 'features'],
  routes: ['lib', 'ui', 'api', 'features', 'routes'],
  app: ['lib', 'ui', 'api', 'features', 'routes', 'app'],
  test: ['lib', 'ui', 'api', 'features', 'routes', 'app', 'test'],
};

/** @param {string} file */
function placeOf(file) {
  const [, inside] = file.split(`${path.sep}src${path.sep}`);
  if (!inside) return null;
  const [room = '', second = ''] = inside.split(path.sep);
  return { room, feature: room === 'features' ? second : null };
}

/** @type {import('eslint').Rule.RuleModule} */
export const direction = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = placeOf(context.filename);
    const isTest = /\.test\.tsx?$/.test(context.filename);
    /** @param {any} node */
    const check = (node) => {
      const source = node.source?.value;
      if (!from || typeof source !== 'string' || !source.startsWith('.')) return;
      const to = placeOf(path.resolve(path.dirname(context.filename), source));
      if (!to || !(from.room in allowed)) return;
      if (isTest && to.room === 'test') return;
      if (!allowed[from.room].includes(to.room)) {
        context.report({ node, message: `${from.room} may not import ${to.room}.` });
      } else if (from.feature && to.feature && from.feature !== to.feature) {
        context.report({ node, message: `Feature ${from.feature} may not import ${to.feature}: compose in routes or app.` });
      }
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check };
  },
};
