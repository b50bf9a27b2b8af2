// Cards of JupyterLab's launcher: a notebook of one's own, its first cell filled, and the notebooks to learn from; on a
// phone, the notebook has the whole width. By hand, since nothing is compiled.
(() => {
  let shared = {};

  const module = async (name) => {
    const versions = shared[name];
    return (await versions[Object.keys(versions).sort().at(-1)].get())();
  };

  const NARROW = 700;  // pixels

  const plugin = ({ILabShell, ILauncher, PageConfig, ServerConnection, icon}) => ({
    id: 'kpa-carnet:plugin',
    description: 'Nouveau carnet KPA',
    autoStart: true,
    requires: [ILauncher, ILabShell],
    activate: (app, launcher, shell) => {
      // After what else waits for the same moment: the list of files opens there, the first time.
      shell.restored.then(() => setTimeout(() => {
        if (window.innerWidth >= NARROW) return;
        shell.collapseLeft();
        shell.collapseRight();
      }));
      const ask = async (where, method) => {
        const settings = ServerConnection.makeSettings();
        const answer = await ServerConnection.makeRequest(`${PageConfig.getBaseUrl()}kpa/${where}`, {method}, settings);
        return answer.ok ? answer.json() : {};
      };
      const open = async (where) => {
        const {path} = await ask(where, 'POST');
        if (path) await app.commands.execute('docmanager:open', {path});
      };
      app.commands.addCommand('kpa:carnet', {
        label: 'Nouveau carnet KPA',
        caption: 'Un carnet à vous, avec sa première ligne',
        icon,
        execute: () => open('carnet'),
      });
      launcher.add({command: 'kpa:carnet', category: 'Notebook', rank: -1});
      app.commands.addCommand('kpa:comprendre', {
        label: ({title}) => title,
        caption: 'Votre copie de ce carnet, avec ce qu’il montrait',
        icon,
        execute: ({name}) => open(`comprendre/${name}`),
      });
      ask('comprendre/', 'GET').then(({carnets = []}) => carnets.forEach((args, rank) =>
        launcher.add({command: 'kpa:comprendre', args, category: 'Comprendre et aller plus loin', rank})));
    },
  });

  const made = async () => {
    const names = ['application', 'launcher', 'coreutils', 'services', 'ui-components'];
    const [{ILabShell}, {ILauncher}, {PageConfig}, {ServerConnection}, {notebookIcon}] =
      await Promise.all(names.map((name) => module(`@jupyterlab/${name}`)));
    const parts = {ILabShell, ILauncher, PageConfig, ServerConnection, icon: notebookIcon};
    return () => ({__esModule: true, default: plugin(parts)});
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['kpa-carnet'] = {
    init: (scope) => { shared = scope; },
    get: async () => made(),
  };
})();
