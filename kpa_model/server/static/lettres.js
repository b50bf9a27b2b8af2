// Letters as French prints them: apostrophes are curled, in what is there and in what comes. What people type is theirs.
"use strict";

function curl(root) {
  const texts = document.createTreeWalker(root.nodeName === "#text" ? root.parentNode ?? root : root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const each = texts.currentNode, curled = each.data.replace(/(?<=\p{L})'(?=\p{L}|«|\d)/gu, "\u2019");
    if (curled !== each.data && !each.parentElement?.closest("pre, code, script, style, textarea")) { each.data = curled; }
  }
}

new MutationObserver((changes) => {
  for (const change of changes) { change.addedNodes.forEach(curl); }
}).observe(document.body, { subtree: true, childList: true });
curl(document.body);
