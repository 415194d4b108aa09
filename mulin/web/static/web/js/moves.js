// A move that asks something opens in a dialog instead of in place; menus close when one looks elsewhere.
(function () {
  "use strict";
  if (!window.HTMLDialogElement) return;
  document.querySelectorAll("details.ml-move").forEach(function (details) {
    const summary = details.querySelector("summary");
    const sheet = details.querySelector(".ml-sheet");
    let dialog;
    function open() {
      if (!dialog) dialog = build(summary.textContent, sheet);
      dialog.showModal();
    }
    summary.addEventListener("click", function (event) {
      event.preventDefault();
      open();
    });
    if (details.open) {
      details.open = false;
      open();
    }
  });
  function build(title, sheet) {
    const dialog = document.createElement("dialog");
    dialog.className = "ml-dialog";
    const head = document.createElement("div");
    head.className = "ml-dialog-head";
    const name = document.createElement("h2");
    name.textContent = title;
    name.id = "dialog-" + document.querySelectorAll("dialog").length;
    dialog.setAttribute("aria-labelledby", name.id);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "ml-ib";
    close.textContent = "✕";
    close.setAttribute("aria-label", document.body.dataset.close);
    close.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    head.append(name, close);
    dialog.append(head, sheet);
    document.body.append(dialog);
    return dialog;
  }
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.ml-more[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.ml-more[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
