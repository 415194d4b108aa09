// A queue that says what is new: asked every half minute while it is looked at; nothing moves until one wants it to.
(function () {
  "use strict";
  const EVERY = 30000, LONGEST = 10 * EVERY;
  document.querySelectorAll("[data-live]").forEach(function (box) {
    let tag = box.dataset.tag || "", wait = EVERY, timer;
    function ask() {
      fetch(box.dataset.live, { headers: tag ? { "If-None-Match": tag } : {}, credentials: "same-origin", redirect: "error" })
        .then(function (answer) {
          wait = EVERY;
          if (answer.status === 304) return;
          if (!answer.ok) throw new Error(answer.status);
          tag = answer.headers.get("ETag") || "";
          return answer.text().then(function (said) { if (said !== box.dataset.said) show(said); });
        })
        .catch(function () { wait = Math.min(2 * wait, LONGEST); }) // no network: asked more and more rarely
        .finally(plan);
    }
    function show(said) {
      box.dataset.said = said;
      box.innerHTML = said; // our own server's words, made by its template
    }
    function plan() {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(ask, wait);
    }
    document.addEventListener("visibilitychange", function () {
      clearTimeout(timer);
      if (!document.hidden) ask();
    });
    plan();
  });
})();
