// A card of JupyterLab's launcher: a notebook of one's own, its first cell filled. By hand, since nothing is compiled.
(() => {
  let shared = {};

  const module = async (name) => {
    const versions = shared[name];
    return (await versions[Object.keys(versions).sort().at(-1)].get())();
  };

  const plugin = ({ILauncher, PageConfig, ServerConnection, icon}) => ({
    id: 'kpa-carnet:plugin',
    description: 'Nouveau carnet KPA',
    autoStart: true,
    requires: [ILauncher],
    activate: (app, launcher) => {
      app.commands.addCommand('kpa:carnet', {
        label: 'Nouveau carnet KPA',
        caption: 'Un carnet à vous, avec sa première ligne',
        icon,
        execute: async () => {
          const settings = ServerConnection.makeSettings();
          const answer = await ServerConnection.makeRequest(
            `${PageConfig.getBaseUrl()}kpa/carnet`, {method: 'POST'}, settings);
          if (answer.ok) await app.commands.execute('docmanager:open', {path: (await answer.json()).path});
        },
      });
      launcher.add({command: 'kpa:carnet', category: 'Notebook', rank: -1});
    },
  });

  const made = async () => {
    const [{ILauncher}, {PageConfig}, {ServerConnection}, {notebookIcon}] = await Promise.all([
      module('@jupyterlab/launcher'), module('@jupyterlab/coreutils'), module('@jupyterlab/services'),
      module('@jupyterlab/ui-components')]);
    return () => ({__esModule: true, default: plugin({ILauncher, PageConfig, ServerConnection, icon: notebookIcon})});
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['kpa-carnet'] = {
    init: (scope) => { shared = scope; },
    get: async () => made(),
  };
})();
