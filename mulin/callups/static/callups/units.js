// Which units are called: a field finds one by its name, and the page says how many are ticked. Without it all are there.
(function () {
  "use strict";
  document.querySelectorAll("[data-units]").forEach(function (box) {
    const find = box.querySelector("input[data-find]"), said = box.querySelector("[data-count]");
    const units = Array.from(box.querySelectorAll("[data-unit]")), kinds = Array.from(box.querySelectorAll("details"));
    if (!find || find.dataset.ready) return;
    find.dataset.ready = "yes";
    const first = kinds.map(function (kind) { return kind.open; });
    box.querySelectorAll("[data-find]").forEach(function (each) { each.hidden = false; });
    function tell() {
      const n = box.querySelectorAll("input:checked").length;
      said.textContent = n ? said.dataset.some + " " + n : said.dataset.none;
    }
    function narrow() {
      const word = find.value.trim().toLowerCase();
      units.forEach(function (unit) { unit.hidden = Boolean(word) && !unit.dataset.unit.toLowerCase().includes(word); });
      kinds.forEach(function (kind, at) {
        const some = kind.querySelector("[data-unit]:not([hidden])");
        kind.hidden = !some;
        kind.open = word ? Boolean(some) : first[at];
      });
    }
    find.addEventListener("input", narrow);
    find.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
    box.addEventListener("change", tell);
    tell();
  });
})();
