// Where the session is kept: on this computer, or only until the tab closes.
const keepKey = 'flash.keep';

const place = (): Storage => (localStorage.getItem(keepKey) === 'no' ? sessionStorage : localStorage);

export function setKeepSignedIn(keep: boolean): void {
  localStorage.setItem(keepKey, keep ? 'yes' : 'no');
}

export const keepSignedIn = {
  getItem: (key: string): string | null => place().getItem(key),
  setItem: (key: string, value: string): void => place().setItem(key, value),
  removeItem: (key: string): void => {
    localStorage.removeItem(key);
    sessionStorage.removeItem(key);
  },
};
