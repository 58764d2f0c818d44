// Runs before the first paint: sets the remembered theme and density, so nothing flashes.
(function () {
  var root = document.documentElement;
  var theme = 'system';
  var density = 'normal';
  try {
    theme = localStorage.getItem('flash.theme') || theme;
    density = localStorage.getItem('flash.density') || density;
  } catch (_) {
    // Storage can be blocked; the system's theme is right then.
  }
  var dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.density = density;
})();
