// The list of steps (or promises): native controls, so that mouse, keyboard, finger and screen reader all work.
// Python holds the truth: every gesture is one small message, every answer redraws what changed.

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
};

function render({ model, el }) {
  const words = model.get("words");
  const list = make("ol", { class: "kpa-steps" });
  const status = make("p", { class: "kpa-hidden", role: "status" });

  // A slider moves faster than rules are settled: the last move waits until the one before is taken, those between are
  // dropped. Taken comes before its answer: Python settles a move while the page draws the move before.
  let busy = false, last = null;
  const slide = (message) => {
    if (busy) { last = message; return; }
    busy = true;
    model.send({ ...message, wait: true });
  };
  const send = (message) => {
    if (last) { model.send(last); last = null; }  // gestures keep their order
    model.send(message);
  };
  model.on("msg:custom", (message) => {
    if (!message.taken) return;
    busy = false;
    if (last) { const next = last; last = null; slide(next); }
  });
  const prefix = `kpa-${model.get("kind")}-${Math.random().toString(36).slice(2, 7)}`;

  // --- one setting ---------------------------------------------------------------------------------------------
  const controls = {
    number(item, setting, id) {
      const set = (value) => ({ do: "set", key: item.key, name: setting.name, value: String(value) });
      const text = make("input", {
        id, type: "text", inputmode: "decimal", autocomplete: "off", class: "kpa-number", value: setting.shown,
        "data-focus": `${item.key}/${setting.name}/text`,
        onchange: (event) => send(set(event.target.value)),
      });
      const range = make("input", {
        type: "range", min: setting.low, max: setting.high, step: setting.step, value: setting.value,
        "aria-label": `${setting.label}, ${item.title}`, "aria-valuetext": `${setting.shown} ${setting.unit}`,
        "data-focus": `${item.key}/${setting.name}/range`,
        oninput: (event) => { text.value = event.target.value.replace(".", ","); slide({ ...set(event.target.value), sliding: true }); },
        onchange: () => send({ do: "end" }),  // the slider is let go: one gesture, undone at once
      });
      return make("div", { class: "kpa-setting" },
        make("label", { for: id }, setting.label), range,
        make("span", { class: "kpa-unit" }, text, make("span", {}, setting.unit)));
    },
    choice(item, setting, id) {
      const select = make("select", {
        id, "data-focus": `${item.key}/${setting.name}`,
        onchange: (event) => send({ do: "set", key: item.key, name: setting.name, value: event.target.value }),
      }, ...setting.options.map(([value, label]) =>
        make("option", { value, selected: value === setting.value }, label)));
      return make("div", { class: "kpa-setting" }, make("label", { for: id }, setting.label), select);
    },
    yes_no(item, setting, id) {
      const box = make("input", {
        id, type: "checkbox", checked: setting.value, "data-focus": `${item.key}/${setting.name}`,
        onchange: (event) => send({ do: "set", key: item.key, name: setting.name, value: event.target.checked ? "oui" : "non" }),
      });
      return make("div", { class: "kpa-setting kpa-check" }, box, make("label", { for: id }, setting.label));
    },
    names(item, setting) {
      const boxes = setting.options.map((name, at) => {
        const box = make("input", {
          type: "checkbox", value: name, checked: setting.value.includes(name),
          "data-focus": `${item.key}/${setting.name}/${at}`,
          onchange: () => send({ do: "set", key: item.key, name: setting.name,
            value: [...group.querySelectorAll("input:checked")].map((each) => each.value) }),
        });
        return make("label", { class: "kpa-check" }, box, name);
      });
      const group = make("fieldset", { class: "kpa-names" }, make("legend", {}, setting.label), ...boxes);
      return group;
    },
    words(item, setting, id) {
      const text = make("input", {
        id, type: "text", autocomplete: "off", class: "kpa-words", value: setting.value, placeholder: setting.example,
        "data-focus": `${item.key}/${setting.name}`,
        onchange: (event) => send({ do: "set", key: item.key, name: setting.name, value: event.target.value }),
      });
      return make("div", { class: "kpa-setting" }, make("label", { for: id }, setting.label), text);
    },
    weights(item, setting, id) {
      const group = make("fieldset", { class: "kpa-names" }, make("legend", {}, setting.label),
        ...setting.parts.map(([part, label, shown]) => make("label", {}, label,
          make("input", {
            type: "text", inputmode: "decimal", class: "kpa-number", value: shown, "data-part": part,
            "data-focus": `${item.key}/${setting.name}/${part}`,
            onchange: () => send({ do: "set", key: item.key, name: setting.name, value: Object.fromEntries(
              [...group.querySelectorAll("input")].map((each) => [each.dataset.part, each.value])) }),
          }))));
      return group;
    },
  };

  // --- one step ------------------------------------------------------------------------------------------------
  const button = (item, what, sign, label, disabled) => make("button", {
    type: "button", class: "kpa-small-button", "aria-label": `${label} « ${item.title} »`, title: label,
    "aria-disabled": disabled ? "true" : false, "data-focus": `${item.key}/${what}`,
    onclick: () => { if (!disabled) send({ do: what, key: item.key }); },
  }, make("span", { "aria-hidden": "true" }, sign));

  const drawItem = (item, at, count) => {
    const error = item.error ? make("p", { class: "kpa-field-error", role: "alert" }, item.error) : null;
    const drawn = item.settings.map((setting, rank) =>
      [setting.fold, controls[setting.kind](item, setting, `${prefix}-${item.key}-${rank}`)]);
    const settings = drawn.filter(([fold]) => !fold).map(([, control]) => control);
    for (const fold of new Set(drawn.map(([fold]) => fold).filter((each) => each))) {
      const name = `${item.key}/${fold}`;
      settings.push(make("details", {
        class: "kpa-asked", open: unfolded.has(name) || item.opened.includes(fold),
        ontoggle: (event) => { event.target.open ? unfolded.add(name) : unfolded.delete(name); },
      }, make("summary", { "aria-label": `${fold} ${item.title}`, "data-focus": name }, fold),
        ...drawn.filter(([each]) => each === fold).map(([, control]) => control)));
    }
    return make("li", { class: "kpa-step", "data-key": item.key },
      make("div", { class: "kpa-step-head" },
        make("span", { class: "kpa-step-number", "aria-hidden": "true" }, String(at + 1)),
        make("h4", {}, make("span", { class: "kpa-hidden" }, `${words.item} ${at + 1} : `), item.title),
        make("div", { class: "kpa-step-buttons" },
          words.up ? button(item, "up", "↑", words.up, at === 0) : null,
          words.down ? button(item, "down", "↓", words.down, at === count - 1) : null,
          button(item, "remove", "✕", words.remove, false))),
      make("p", { class: "kpa-step-says" }, item.says), ...settings, error);
  };

  // What somebody is typing stays hers when an answer draws the list again, and goes when she leaves it.
  let typing = null;
  list.addEventListener("input", (event) => { typing = event.target.type === "text" ? event.target : null; });
  list.addEventListener("change", () => { typing = null; });
  list.addEventListener("focusout", () => { typing?.dispatchEvent(new Event("change", { bubbles: true })); });

  const unfolded = new Set();
  const shape = (items) => JSON.stringify(items.map((item) =>
    [item.key, item.error, item.settings.map((each) => [each.name, each.options?.length])]));
  let drawn = "";

  const draw = () => {
    const moved = new Map(model.get("sliding").map((item) => [item.key, item]));
    const items = model.get("items").map((item) => moved.get(item.key) ?? item);
    const focused = document.activeElement?.dataset?.focus;
    if (shape(items) === drawn) { refresh(items); return; }
    drawn = shape(items);
    const [half, before] = [typing, document.activeElement];
    typing = null;
    list.replaceChildren(...items.map((item, at) => drawItem(item, at, items.length)));
    if (!items.length) list.append(make("li", { class: "kpa-empty" }, words.empty));
    if (!focused || !el.contains(status)) return;
    const again = list.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
    (again ?? adder).focus?.();
    if (again?.type !== "text") return;
    if (half === before) { typing = again; again.value = half.value; }
    if (before.selectionEnd - before.selectionStart === before.value.length) { again.select(); }
    else { again.setSelectionRange(before.selectionStart, before.selectionEnd); }
  };

  // Same steps, other values: touch only sentences and controls that nobody is using.
  const refresh = (items) => {
    for (const item of items) {
      const node = list.querySelector(`[data-key="${item.key}"]`);
      const says = node.querySelector(".kpa-step-says");
      if (says.textContent !== item.says) says.textContent = item.says;
      for (const setting of item.settings) {
        const find = (end) => node.querySelector(`[data-focus="${item.key}/${setting.name}${end}"]`);
        const put = (input, property, value) => {
          if (input && input !== document.activeElement && input[property] !== value) input[property] = value;
        };
        if (setting.kind === "number") {
          put(find("/text"), "value", setting.shown);
          put(find("/range"), "value", String(setting.value));
          find("/range")?.setAttribute("aria-valuetext", `${setting.shown} ${setting.unit}`);
        } else if (setting.kind === "choice") put(find(""), "value", setting.value);
        else if (setting.kind === "yes_no") put(find(""), "checked", setting.value);
        else if (setting.kind === "words") put(find(""), "value", setting.value);
        else if (setting.kind === "names") setting.options.forEach((name, at) => put(find(`/${at}`), "checked", setting.value.includes(name)));
        else setting.parts.forEach(([part, , shown]) => put(find(`/${part}`), "value", shown));
      }
    }
  };

  // --- adding --------------------------------------------------------------------------------------------------
  const about = make("p", { class: "kpa-help", id: `${prefix}-about` });
  const adder = make("select", { id: `${prefix}-add`, "aria-describedby": `${prefix}-about`, onchange: () => tell() },
    ...model.get("catalogue").map(([family, each]) => make("optgroup", { label: family },
      ...each.map(([name, title]) => make("option", { value: name }, title)))));
  const abouts = Object.fromEntries(model.get("catalogue").flatMap(([, each]) => each.map(([name, , text]) => [name, text])));
  const tell = () => { about.textContent = abouts[adder.value] ?? ""; };
  tell();

  el.classList.add("kpa-editor");
  el.append(list,
    make("div", { class: "kpa-adder" },
      make("label", { for: `${prefix}-add` }, words.add), adder,
      make("button", { type: "button", class: "kpa-add-button", onclick: () => send({ do: "add", name: adder.value }) }, words.add_button),
      about),
    status);
  model.on("change:items change:sliding", draw);
  model.on("change:status", () => { status.textContent = model.get("status"); });
  draw();
}

export default { render };
